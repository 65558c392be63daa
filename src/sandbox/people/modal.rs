//! Forms that the bot opened, waiting to be filled in.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Flaw, Trouble};
use crate::sandbox::id::Id;

/// A form as the person sees it.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct ModalView {
    pub title: String,
    pub custom_id: String,
    pub fields: Vec<ModalField>,
}

/// A field of a form.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct ModalField {
    pub custom_id: String,
    pub label: String,
    /// What stands in it already.
    pub value: String,
    pub required: bool,
    pub min_length: usize,
    pub max_length: usize,
}

/// A form that is open for someone.
#[derive(Clone, Debug)]
pub(crate) struct OpenModal {
    pub(crate) channel: Id,
    pub(crate) source: Option<Id>,
    /// The interaction that opened it.
    pub(crate) opener: Id,
    /// That interaction's `interaction_metadata`.
    pub(crate) trigger: Value,
    title: String,
    pub(crate) custom_id: String,
    /// The rows and labels as the bot sent them.
    components: Vec<Value>,
}

impl OpenModal {
    pub(crate) fn read(
        data: &Value,
        channel: Id,
        source: Option<Id>,
        (opener, trigger): (Id, Value),
    ) -> Self {
        let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
        let components = data["components"].as_array().cloned().unwrap_or_default();
        Self {
            channel,
            source,
            opener,
            trigger,
            title: text("title"),
            custom_id: text("custom_id"),
            components,
        }
    }

    pub(crate) fn view(&self) -> ModalView {
        let fields = self.components.iter().filter_map(field).collect();
        ModalView {
            title: self.title.clone(),
            custom_id: self.custom_id.clone(),
            fields,
        }
    }

    /// The submission's components with what was filled in, by custom id or label.
    pub(crate) fn filled(&self, given: &[(String, String)]) -> Result<Vec<Value>, Trouble> {
        let view = self.view();
        let matches = |field: &ModalField, name: &str| {
            field.custom_id == name || field.label.eq_ignore_ascii_case(name)
        };
        if let Some((name, _)) = given
            .iter()
            .find(|(name, _)| !view.fields.iter().any(|field| matches(field, name)))
        {
            return Err(Trouble::NoSuchField(name.clone()));
        }
        let mut components = Vec::with_capacity(self.components.len());
        for (index, component) in self.components.iter().enumerate() {
            let Some(field) = field(component) else {
                continue;
            };
            let value = given
                .iter()
                .find(|(name, _)| matches(&field, name))
                .map_or(&field.value, |(_, value)| value);
            let length = value.chars().count();
            if field.required && length == 0 {
                return Err(Trouble::BadField(field.label, Flaw::Empty));
            }
            if length > field.max_length || length > 0 && length < field.min_length {
                let flaw = Flaw::Length(field.min_length as u64, field.max_length as u64);
                return Err(Trouble::BadField(field.label, flaw));
            }
            let id = 2 * index + 1;
            let input =
                json!({"type": 4, "id": id + 1, "custom_id": field.custom_id, "value": value});
            components.push(match component["type"].as_u64() {
                Some(18) => json!({"type": 18, "id": id, "component": input}),
                _ => json!({"type": 1, "id": id, "components": [input]}),
            });
        }
        Ok(components)
    }
}

/// The text input in a row or a label.
fn field(component: &Value) -> Option<ModalField> {
    let input = if component["type"] == 18 {
        &component["component"]
    } else {
        component.pointer("/components/0")?
    };
    let custom_id = input["custom_id"].as_str()?.to_owned();
    let label = input["label"]
        .as_str()
        .or_else(|| component["label"].as_str())
        .unwrap_or(&custom_id)
        .to_owned();
    let length = |key: &str, default| {
        input[key]
            .as_u64()
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or(default)
    };
    Some(ModalField {
        custom_id,
        label,
        value: input["value"].as_str().unwrap_or_default().to_owned(),
        required: input["required"].as_bool().unwrap_or(true),
        min_length: length("min_length", 0),
        max_length: length("max_length", 4_000),
    })
}
