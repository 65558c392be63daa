//! Pressing buttons, picking from menus, sending forms.

use serde_json::{Value, json};

use super::ask::{Ask, Asked};
use super::options::Resolved;
use super::{InteractionOutcome, Trouble};
use crate::sandbox::Sandbox;
use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::interaction::kind;
use crate::sandbox::state::message::Message;

impl Sandbox {
    /// Someone presses the button so labelled on the newest message that has one and that they see.
    ///
    /// # Errors
    /// When there is none, it is off or a link, or the bot does not answer.
    pub async fn clicks(&self, who: &str, label: &str) -> Result<InteractionOutcome, Trouble> {
        let asked = self.shared.world_of(who).click(who, label)?;
        self.outcome(asked).await
    }

    /// Someone picks from the menu with this placeholder or custom id; with an empty one, from the newest menu that
    /// offers these values. Values are labels or values
    /// of options, or names of people, roles and channels.
    ///
    /// # Errors
    /// As [`Sandbox::clicks`]; also for a value that the menu does not have, or too few or too many.
    pub async fn picks(
        &self,
        who: &str,
        menu: &str,
        values: &[&str],
    ) -> Result<InteractionOutcome, Trouble> {
        let asked = self.shared.world_of(who).pick(who, menu, values)?;
        self.outcome(asked).await
    }

    /// Someone fills in and sends the form that is open for them; fields by custom id or label.
    ///
    /// # Errors
    /// When no form is open, a field does not exist or is filled in badly, or the bot does not answer.
    pub async fn submits(
        &self,
        who: &str,
        fields: &[(String, String)],
    ) -> Result<InteractionOutcome, Trouble> {
        let asked = self.shared.world_of(who).submit(who, fields)?;
        self.outcome(asked).await
    }
}

/// A control on a message.
struct Control {
    channel: Id,
    message: Id,
    component: Value,
}

impl World {
    fn click(&mut self, who: &str, label: &str) -> Result<Asked, Trouble> {
        let person = self.find_person(who)?;
        let labelled = |component: &Value| {
            let text = component["label"]
                .as_str()
                .or_else(|| component["emoji"]["name"].as_str());
            component["type"] == 2 && (text == Some(label) || component["custom_id"] == label)
        };
        let control = self
            .control(person, labelled)
            .ok_or_else(|| Trouble::NoSuchControl(label.to_owned(), who.to_owned()))?;
        if control.component["style"] == 5 {
            return Err(Trouble::IsLink(label.to_owned()));
        }
        self.use_control(person, label, &control, json!({}))
    }

    fn pick(&mut self, who: &str, menu: &str, values: &[&str]) -> Result<Asked, Trouble> {
        let person = self.find_person(who)?;
        let called = |component: &Value| {
            matches!(component["type"].as_u64(), Some(3 | 5..=8))
                && (component["placeholder"] == menu
                    || component["custom_id"] == menu
                    || menu.is_empty() && values.iter().all(|value| self.offers(component, value)))
        };
        let control = self.control(person, called).ok_or_else(|| {
            let wanted = if menu.is_empty() {
                values.join(", ")
            } else {
                menu.to_owned()
            };
            Trouble::NoSuchControl(wanted, who.to_owned())
        })?;
        let least = control.component["min_values"].as_u64().unwrap_or(1);
        let most = control.component["max_values"].as_u64().unwrap_or(1);
        if !(least..=most).contains(&(values.len() as u64)) {
            return Err(Trouble::MenuTakes(least, most));
        }
        let mut resolved = Resolved::default();
        if (1..values.len()).any(|index| values[..index].contains(&values[index])) {
            return Err(Trouble::PickedTwice);
        }
        let chosen: Vec<Value> = values
            .iter()
            .map(|value| self.choice(&control.component, value, &mut resolved))
            .collect::<Result<_, _>>()?;
        let mut data = json!({"values": chosen});
        // It is there also when nobody was picked, except with menus of texts.
        if let Some(kind @ 5..=8) = control.component["type"].as_u64() {
            data["resolved"] = match kind {
                6 => json!({"roles": {}}),
                8 => json!({"channels": {}}),
                _ => json!({"users": {}}),
            };
        }
        resolved.put(self, control.channel, &mut data);
        self.use_control(person, menu, &control, data)
    }

    /// Whether `value` can be chosen there, for those who name no menu.
    fn offers(&self, menu: &Value, value: &str) -> bool {
        let is_channel = || {
            let name = value.trim_start_matches('#');
            self.channels.values().any(|channel| channel.name == name)
        };
        match menu["type"].as_u64() {
            Some(3) => menu["options"].as_array().is_some_and(|options| {
                options
                    .iter()
                    .any(|option| option["label"] == value || option["value"] == value)
            }),
            Some(6) => self.find_role(value).is_ok(),
            Some(8) => is_channel(),
            Some(7) => self.find_role(value).is_ok() || self.find_person(value).is_ok(),
            _ => self.find_person(value).is_ok(),
        }
    }

    fn choice(
        &mut self,
        menu: &Value,
        value: &str,
        resolved: &mut Resolved,
    ) -> Result<Value, Trouble> {
        let id = match menu["type"].as_u64() {
            Some(3) => {
                let options = menu["options"].as_array().map_or(&[][..], Vec::as_slice);
                let option = options
                    .iter()
                    .find(|option| option["label"] == value || option["value"] == value);
                let option = option.ok_or_else(|| Trouble::NotInMenu(value.to_owned()))?;
                return Ok(option["value"].clone());
            }
            Some(6) => self.find_role(value).inspect(|id| resolved.role(*id))?,
            Some(8) => self
                .find_place(&super::Place::channel(value))
                .inspect(|id| resolved.channel(*id))?,
            Some(7) => match self.find_role(value) {
                Ok(id) => {
                    resolved.role(id);
                    id
                }
                Err(_) => self.find_person(value).inspect(|id| resolved.user(*id))?,
            },
            _ => self.find_person(value).inspect(|id| resolved.user(*id))?,
        };
        Ok(json!(id))
    }

    fn use_control(
        &mut self,
        person: Id,
        label: &str,
        control: &Control,
        mut data: Value,
    ) -> Result<Asked, Trouble> {
        if control.component["disabled"] == true {
            return Err(Trouble::SwitchedOff(label.to_owned()));
        }
        for (key, from) in [
            ("custom_id", "custom_id"),
            ("component_type", "type"),
            ("id", "id"),
        ] {
            data[key] = control.component[from].clone();
        }
        let label = format!("“{label}”");
        let source = Some(control.message);
        self.ask(Ask {
            kind: kind::COMPONENT,
            who: person,
            channel: control.channel,
            label,
            command: None,
            source,
            opener: None,
            trigger: None,
            data,
        })
    }

    /// The control on the newest fitting message that someone can see.
    fn control(&self, person: Id, fits: impl Fn(&Value) -> bool) -> Option<Control> {
        let sees = |message: &&Message| message.only_for.is_none_or(|only| only == person);
        let mut newest: Option<(Id, Control)> = None;
        for channel in self.channels.values() {
            let elsewhere = channel.guild.is_some_and(|guild| guild != self.home);
            if elsewhere || self.channel_permissions(channel, person) == 0 {
                continue;
            }
            let carrying = channel.log.iter().rev().filter(sees).find_map(|message| {
                message
                    .components
                    .iter()
                    .find_map(|component| within(component, &fits))
                    .map(|found| (message.id, found))
            });
            if let Some((message, component)) = carrying
                && newest.as_ref().is_none_or(|(id, _)| *id < message)
            {
                newest = Some((
                    message,
                    Control {
                        channel: channel.id,
                        message,
                        component,
                    },
                ));
            }
        }
        newest.map(|(_, control)| control)
    }

    fn submit(&mut self, who: &str, fields: &[(String, String)]) -> Result<Asked, Trouble> {
        let person = self.find_person(who)?;
        let modal = self
            .modals
            .get(&person)
            .ok_or_else(|| Trouble::NoForm(who.to_owned()))?;
        let components = modal.filled(fields)?;
        let (channel, source) = (modal.channel, modal.source);
        let (opener, trigger) = (modal.opener, modal.trigger.clone());
        let data = json!({"custom_id": modal.custom_id, "components": components, "resolved": {}});
        let label = format!("the form “{}”", modal.custom_id);
        self.modals.remove(&person);
        self.ask(Ask {
            kind: kind::MODAL,
            who: person,
            channel,
            label,
            command: None,
            source,
            opener: Some(opener),
            trigger: Some(trigger),
            data,
        })
    }
}

/// The first fitting component in a tree.
fn within(component: &Value, fits: &impl Fn(&Value) -> bool) -> Option<Value> {
    if fits(component) {
        return Some(component.clone());
    }
    let children = component["components"].as_array().into_iter().flatten();
    children
        .chain(component.get("accessory"))
        .find_map(|child| within(child, fits))
}
