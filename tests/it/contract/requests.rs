//! REST: is the request one that Discord's document allows, and the answer one that it promises?

use greffier::sandbox::RestExchange;
use serde_json::{Value, json};

use super::documents::{Book, Documents};
use super::{Departure, departures_at};

/// What departs in one request and its answer.
pub(crate) fn departures(documents: &Documents, exchange: &RestExchange) -> Vec<Departure> {
    let name = format!(
        "{} {}",
        exchange.method,
        exchange.route.as_deref().unwrap_or(&exchange.path)
    );
    let path = exchange.route.as_deref().unwrap_or_default();
    let operation = format!(
        "/paths/{}/{}",
        path.replace('~', "~0").replace('/', "~1"),
        exchange.method.to_lowercase()
    );
    if documents.http.pointer(&operation).is_none() {
        return departures_at(
            &format!("request {name}"),
            vec![(String::new(), "no such operation".to_owned())],
        );
    }
    // A request that the local Discord refused as such is allowed to be wrong: that was the test.
    let mut found = Vec::new();
    if exchange.status < 400 {
        found.extend(departures_at(
            &format!("request {name}"),
            request(documents, &operation, exchange),
        ));
    }
    found.extend(departures_at(
        &format!("answer {name}"),
        answer(documents, &operation, exchange),
    ));
    found
}

fn request(
    documents: &Documents,
    operation: &str,
    exchange: &RestExchange,
) -> Vec<(String, String)> {
    let content = documents
        .http
        .pointer(&format!("{operation}/requestBody/content"));
    let mut found = query(documents, operation, exchange);
    let kind = match exchange.content_type.as_str() {
        "" => "application/json",
        other => other,
    };
    match content {
        None if exchange.body.is_null() => {}
        None => {
            // Discord ignores a body where it wants none, and some libraries send `{}` or `null`.
            if exchange
                .body
                .as_object()
                .is_none_or(|body| !body.is_empty())
            {
                found.push((String::new(), "a body where none is wanted".to_owned()));
            }
        }
        Some(_) if exchange.body.is_null() => {
            if documents
                .http
                .pointer(&format!("{operation}/requestBody/required"))
                == Some(&Value::Bool(true))
            {
                found.push((String::new(), "no body where one is required".to_owned()));
            }
        }
        Some(content) => {
            if content.get(kind).is_none() {
                found.push((
                    String::new(),
                    format!("content type {kind} is not taken here"),
                ));
            }
            let schema = format!("{operation}/requestBody/content/application~1json/schema");
            found.extend(documents.judge(Book::Requests, &schema, &exchange.body));
        }
    }
    found
}

fn query(documents: &Documents, operation: &str, exchange: &RestExchange) -> Vec<(String, String)> {
    let parameters = documents
        .http
        .pointer(&format!("{operation}/parameters"))
        .and_then(Value::as_array);
    let mut found = Vec::new();
    for (key, text) in &exchange.query {
        let known = parameters
            .into_iter()
            .flatten()
            .position(|parameter| parameter["in"] == "query" && parameter["name"] == key.as_str());
        let Some(index) = known else {
            found.push((format!("?{key}"), "unknown query parameter".to_owned()));
            continue;
        };
        // Everything in a query is text; it is judged as the number or boolean that it spells.
        let value = match text.as_str() {
            "true" | "True" | "1" => json!(true),
            "false" | "False" | "0" => json!(false),
            _ => json!(text),
        };
        let schema = format!("{operation}/parameters/{index}/schema");
        let number = text.parse::<i64>().map(|number| json!(number));
        let as_text = documents.judge(Book::Requests, &schema, &value);
        let as_number = number.map(|number| documents.judge(Book::Requests, &schema, &number));
        if !as_text.is_empty() && as_number.is_ok_and(|errors| !errors.is_empty()) {
            found.extend(
                as_text
                    .into_iter()
                    .map(|(_, what)| (format!("?{key}"), what)),
            );
        }
    }
    found
}

fn answer(
    documents: &Documents,
    operation: &str,
    exchange: &RestExchange,
) -> Vec<(String, String)> {
    if exchange.status >= 500 {
        return Vec::new();
    }
    let status = exchange.status.to_string();
    let responses = documents.http.pointer(&format!("{operation}/responses"));
    let key = match responses {
        Some(responses) if responses.get(&status).is_some() => status,
        Some(responses) if exchange.status >= 400 && responses.get("4XX").is_some() => {
            "4XX".to_owned()
        }
        _ => {
            return vec![(
                String::new(),
                format!("status {status} is not among the operation's"),
            )];
        }
    };
    let mut response = format!("{operation}/responses/{key}");
    if let Some(reference) = documents
        .http
        .pointer(&format!("{response}/$ref"))
        .and_then(Value::as_str)
    {
        response = reference.trim_start_matches('#').to_owned();
    }
    let schema = format!("{response}/content/application~1json/schema");
    match documents.http.pointer(&schema) {
        Some(_) => documents.judge(Book::Answers, &schema, &exchange.answer),
        None if exchange.answer.is_null() => Vec::new(),
        None => vec![(String::new(), "a body where none is promised".to_owned())],
    }
}
