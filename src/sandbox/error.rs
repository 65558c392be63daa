//! What the REST side answers when it refuses: Discord's status, code and words.
//! Codes: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.

use serde_json::{Map, Value, json};

/// An answer that refuses, in Discord's shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    /// Discord's JSON error code; 0 where it has none.
    pub(crate) code: u32,
    pub(crate) message: String,
    /// The nested `errors` object of an invalid form body.
    pub(crate) errors: Option<Value>,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            errors: None,
        }
    }

    pub(crate) fn unknown(what: Unknown) -> Self {
        let (code, message) = what.words();
        Self::new(404, code, message)
    }

    /// 401 for a missing or wrong token.
    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    /// 404 for a path that does not exist at all.
    pub(crate) fn no_such_route() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// Things that a request can name and that do not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unknown {
    Channel,
    Guild,
    Member,
    Message,
    Overwrite,
    Role,
    User,
    Webhook,
    Ban,
    Interaction,
    Command,
    Emoji,
}

impl Unknown {
    fn words(self) -> (u32, &'static str) {
        match self {
            Unknown::Channel => (10003, "Unknown Channel"),
            Unknown::Guild => (10004, "Unknown Guild"),
            Unknown::Member => (10007, "Unknown Member"),
            Unknown::Message => (10008, "Unknown Message"),
            Unknown::Overwrite => (10009, "Unknown Overwrite"),
            Unknown::Role => (10011, "Unknown Role"),
            Unknown::User => (10013, "Unknown User"),
            Unknown::Emoji => (10014, "Unknown Emoji"),
            Unknown::Webhook => (10015, "Unknown Webhook"),
            Unknown::Ban => (10026, "Unknown Ban"),
            Unknown::Interaction => (10062, "Unknown interaction"),
            Unknown::Command => (10063, "Unknown application command"),
        }
    }
}

/// What is wrong with a form body, field by field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    found: Vec<(String, &'static str, String)>,
}

impl Problems {
    /// Notes a problem at a dotted path such as `embeds.0.title`.
    pub(crate) fn add(&mut self, path: &str, code: &'static str, message: impl Into<String>) {
        self.found.push((path.to_owned(), code, message.into()));
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub(crate) fn too_long(&mut self, path: &str, most: usize) {
        self.add(
            path,
            "BASE_TYPE_MAX_LENGTH",
            format!("Must be {most} or fewer in length."),
        );
    }

    pub(crate) fn bad_length(&mut self, path: &str, least: usize, most: usize) {
        let message = format!("Must be between {least} and {most} in length.");
        self.add(path, "BASE_TYPE_BAD_LENGTH", message);
    }

    pub(crate) fn choice(&mut self, path: &str, allowed: &str) {
        let message = format!("Value must be one of {{{allowed}}}.");
        self.add(path, "BASE_TYPE_CHOICES", message);
    }

    /// Nothing when nothing was found, else 50035 with the nested errors.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.found.is_empty() {
            return Ok(());
        }
        let mut errors = Value::Object(Map::new());
        for (path, code, message) in self.found {
            let mut at = &mut errors;
            for key in path.split('.').filter(|key| !key.is_empty()) {
                at = &mut at[key];
            }
            if at["_errors"].is_null() {
                at["_errors"] = json!([]);
            }
            if let Value::Array(list) = &mut at["_errors"] {
                list.push(json!({"code": code, "message": message}));
            }
        }
        let mut error = ApiError::new(400, 50035, "Invalid Form Body");
        error.errors = Some(errors);
        Err(error)
    }
}
