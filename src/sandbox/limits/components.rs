//! Buttons, menus, text and modals:
//! <https://discord.com/developers/docs/components/reference>.

use serde_json::{Value, json};

use super::text;
use crate::sandbox::error::Problems;

/// Component types.
pub(crate) mod kind {
    pub(crate) const ROW: u64 = 1;
    pub(crate) const BUTTON: u64 = 2;
    pub(crate) const STRING_SELECT: u64 = 3;
    pub(crate) const TEXT_INPUT: u64 = 4;
    pub(crate) const CHANNEL_SELECT: u64 = 8;
    pub(crate) const TEXT_DISPLAY: u64 = 10;
    pub(crate) const CONTAINER: u64 = 17;
    pub(crate) const LABEL: u64 = 18;
}

/// Which components a message may have at its top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rules {
    /// Up to 5 rows.
    Classic,
    /// IS_COMPONENTS_V2: up to 40 components of any kind.
    V2,
}

/// Components of a message that has IS_COMPONENTS_V2.
const V2_MAX: usize = 40;

/// Checks the components of a message and answers them numbered, as Discord does.
pub(crate) fn components(
    list: Option<&Vec<Value>>,
    rules: Rules,
    problems: &mut Problems,
) -> Vec<Value> {
    let list = list.map_or(&[][..], Vec::as_slice);
    let mut checker = Checker {
        problems,
        custom_ids: Vec::new(),
        next: 1,
        modal: false,
    };
    if rules == Rules::Classic && list.len() > 5 {
        checker.problems.too_long("components", 5);
    }
    for (index, component) in list.iter().enumerate() {
        let path = format!("components.{index}");
        let is_row = component["type"].as_u64() == Some(kind::ROW);
        if rules == Rules::Classic && !is_row {
            checker.problems.choice(&format!("{path}.type"), "1");
        }
    }
    let mut shown = list.to_vec();
    for (index, component) in shown.iter_mut().enumerate() {
        checker.check(component, &format!("components.{index}"));
    }
    if rules == Rules::V2 && checker.next > V2_MAX + 1 {
        checker.problems.too_long("components", V2_MAX);
    }
    shown
}

/// Checks what opens a modal.
pub(crate) fn modal(data: &Value, problems: &mut Problems) {
    text(&data["title"], "data.title", 1, 45, problems);
    text(&data["custom_id"], "data.custom_id", 1, 100, problems);
    let list = data["components"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=5).contains(&list.len()) {
        problems.bad_length("data.components", 1, 5);
    }
    let mut checker = Checker {
        problems,
        custom_ids: Vec::new(),
        next: 1,
        modal: true,
    };
    for (index, component) in list.iter().enumerate() {
        let path = format!("data.components.{index}");
        if !matches!(
            component["type"].as_u64(),
            Some(kind::ROW | kind::TEXT_DISPLAY | kind::LABEL)
        ) {
            checker
                .problems
                .choice(&format!("{path}.type"), "1, 10, 18");
        }
        checker.check(&mut component.clone(), &path);
    }
}

struct Checker<'a> {
    problems: &'a mut Problems,
    custom_ids: Vec<String>,
    next: usize,
    modal: bool,
}

impl Checker<'_> {
    fn check(&mut self, component: &mut Value, path: &str) {
        if component["id"].as_u64().is_none_or(|id| id == 0) {
            component["id"] = json!(self.next);
        }
        self.next += 1;
        match component["type"].as_u64() {
            Some(kind::ROW) => self.row(component, path),
            Some(kind::BUTTON) if !self.modal => self.button(component, path),
            Some(kind::STRING_SELECT..=kind::CHANNEL_SELECT)
                if component["type"] != kind::TEXT_INPUT =>
            {
                self.menu(component, path)
            }
            Some(kind::TEXT_INPUT) if self.modal => self.input(component, path),
            Some(kind::TEXT_DISPLAY) => {
                text(
                    &component["content"],
                    &format!("{path}.content"),
                    1,
                    4_000,
                    self.problems,
                );
            }
            Some(9 | 11..=14 | kind::CONTAINER) if !self.modal => self.nested(component, path),
            Some(kind::LABEL) if self.modal => {
                text(
                    &component["label"],
                    &format!("{path}.label"),
                    1,
                    45,
                    self.problems,
                );
                self.check(&mut component["component"], &format!("{path}.component"));
            }
            _ => self
                .problems
                .choice(&format!("{path}.type"), "1, 2, 3, 5, 6, 7, 8"),
        }
    }

    fn nested(&mut self, component: &mut Value, path: &str) {
        for (index, child) in component["components"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .enumerate()
        {
            self.check(child, &format!("{path}.components.{index}"));
        }
        if component["accessory"].is_object() {
            self.check(&mut component["accessory"], &format!("{path}.accessory"));
        }
    }

    fn row(&mut self, row: &mut Value, path: &str) {
        let children = row["components"].as_array().map_or(&[][..], Vec::as_slice);
        let buttons = children
            .iter()
            .filter(|child| child["type"].as_u64() == Some(kind::BUTTON))
            .count();
        let others = children.len() - buttons;
        let fits = (1..=5).contains(&buttons) && others == 0 || buttons == 0 && others == 1;
        if !fits {
            self.problems
                .bad_length(&format!("{path}.components"), 1, 5);
        }
        self.nested(row, path);
    }

    fn custom_id(&mut self, component: &Value, path: &str) {
        let path = format!("{path}.custom_id");
        let Some(id) = text(&component["custom_id"], &path, 1, 100, self.problems) else {
            return;
        };
        if self.custom_ids.iter().any(|other| other == id) {
            self.problems.add(
                &path,
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        self.custom_ids.push(id.to_owned());
    }

    fn button(&mut self, button: &Value, path: &str) {
        text(
            &button["label"],
            &format!("{path}.label"),
            0,
            80,
            self.problems,
        );
        match button["style"].as_u64() {
            Some(1..=4) => {
                self.custom_id(button, path);
                if button["label"].is_null() && button["emoji"].is_null() {
                    let message = "A button must have a label or an emoji";
                    self.problems
                        .add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
                }
            }
            Some(5) => {
                text(
                    &button["url"],
                    &format!("{path}.url"),
                    1,
                    512,
                    self.problems,
                );
            }
            Some(6) => {}
            _ => self
                .problems
                .choice(&format!("{path}.style"), "1, 2, 3, 4, 5, 6"),
        }
    }

    fn menu(&mut self, menu: &mut Value, path: &str) {
        self.custom_id(menu, path);
        text(
            &menu["placeholder"],
            &format!("{path}.placeholder"),
            0,
            150,
            self.problems,
        );
        for (key, most) in [("min_values", 0..=25), ("max_values", 1..=25)] {
            match menu[key].as_i64() {
                None => menu[key] = json!(1),
                Some(number) if !most.contains(&number) => {
                    let message = format!(
                        "int value should be between {} and {}.",
                        most.start(),
                        most.end()
                    );
                    self.problems
                        .add(&format!("{path}.{key}"), "NUMBER_TYPE_MAX", message);
                }
                Some(_) => {}
            }
        }
        // An id may come as a number; it goes out as a string, as all ids do.
        let defaults = menu.get_mut("default_values").and_then(Value::as_array_mut);
        for default in defaults.into_iter().flatten() {
            if let Some(id) = default["id"].as_u64() {
                default["id"] = json!(id.to_string());
            }
        }
        if menu["type"].as_u64() == Some(kind::STRING_SELECT) {
            self.menu_options(menu, path);
        }
    }

    fn menu_options(&mut self, menu: &Value, path: &str) {
        let options = menu["options"].as_array().map_or(&[][..], Vec::as_slice);
        if !(1..=25).contains(&options.len()) {
            self.problems.bad_length(&format!("{path}.options"), 1, 25);
        }
        for (index, option) in options.iter().enumerate() {
            let path = format!("{path}.options.{index}");
            text(
                &option["label"],
                &format!("{path}.label"),
                1,
                100,
                self.problems,
            );
            text(
                &option["value"],
                &format!("{path}.value"),
                1,
                100,
                self.problems,
            );
            text(
                &option["description"],
                &format!("{path}.description"),
                0,
                100,
                self.problems,
            );
            if options[..index]
                .iter()
                .any(|other| other["value"] == option["value"])
            {
                let message = "The specified option value is already used";
                self.problems.add(
                    &format!("{path}.value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    message,
                );
            }
        }
    }

    fn input(&mut self, input: &Value, path: &str) {
        self.custom_id(input, path);
        if !input["label"].is_null() {
            text(
                &input["label"],
                &format!("{path}.label"),
                1,
                45,
                self.problems,
            );
        }
        if !matches!(input["style"].as_u64(), Some(1 | 2)) {
            self.problems.choice(&format!("{path}.style"), "1, 2");
        }
        text(
            &input["placeholder"],
            &format!("{path}.placeholder"),
            0,
            100,
            self.problems,
        );
        text(
            &input["value"],
            &format!("{path}.value"),
            0,
            4_000,
            self.problems,
        );
        for (key, least) in [("min_length", 0), ("max_length", 1)] {
            if input[key]
                .as_i64()
                .is_some_and(|length| !(least..=4_000).contains(&length))
            {
                let message = "int value should be less than or equal to 4000.";
                self.problems
                    .add(&format!("{path}.{key}"), "NUMBER_TYPE_MAX", message);
            }
        }
    }
}
