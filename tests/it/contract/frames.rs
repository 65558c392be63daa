//! Gateway frames, both ways.

use greffier::sandbox::{Direction, FrameExchange};
use serde_json::Value;

use super::documents::{Book, Documents};
use super::{Departure, departures_at};

/// What departs in one frame.
pub(crate) fn departures(documents: &Documents, frame: &FrameExchange) -> Vec<Departure> {
    let payload = &frame.payload;
    let op = payload["op"].as_u64();
    let (name, definition) = match (frame.direction, op) {
        (Direction::Sent, Some(0)) => {
            let event = payload["t"].as_str().unwrap_or_default();
            let place = format!("frame {event}");
            match documents.dispatches.get(event) {
                Some(definition) => (place, definition.clone()),
                None => {
                    return departures_at(
                        &place,
                        vec![("/t".to_owned(), "no such event".to_owned())],
                    );
                }
            }
        }
        (direction, op) => {
            let known = match (direction, op) {
                (Direction::Sent, Some(1)) => "GatewayHeartbeatRequest",
                (Direction::Sent, Some(7)) => "GatewayReconnect",
                (Direction::Sent, Some(9)) => "GatewayInvalidSession",
                (Direction::Sent, Some(10)) => "GatewayHello",
                (Direction::Sent, Some(11)) => "GatewayHeartbeatAck",
                (Direction::Received, Some(1)) => "GatewayHeartbeat",
                (Direction::Received, Some(2)) => "GatewayIdentify",
                (Direction::Received, Some(3)) => "GatewayUpdatePresence",
                (Direction::Received, Some(4)) => "GatewayVoiceStateUpdate",
                (Direction::Received, Some(6)) => "GatewayResume",
                (Direction::Received, Some(8)) => "GatewayRequestGuildMembers",
                _ => {
                    return departures_at(
                        "frame",
                        vec![("/op".to_owned(), format!("no such opcode: {op:?}"))],
                    );
                }
            };
            (format!("frame {known}"), format!("/definitions/{known}"))
        }
    };
    let found = documents.judge(Book::Gateway, &definition, payload);
    departures_at(
        &name,
        found
            .into_iter()
            .filter(|(pointer, _)| !is_documented(payload, pointer))
            .collect(),
    )
}

/// Two of the document's errors concern frames without data: the heartbeat ack's `d`, and `s` and `t`
/// outside dispatches, are null on the wire.
fn is_documented(payload: &Value, pointer: &str) -> bool {
    let op = payload["op"].as_u64();
    let is_null = |key: &str| payload[key].is_null();
    match pointer {
        "/d" => matches!(op, Some(7 | 11)) && is_null("d"),
        "/s" => op != Some(0) && is_null("s"),
        "/t" => op != Some(0) && is_null("t"),
        _ => false,
    }
}
