//! Rate limits: generous headers by default, real 429s when a knob is turned.
//! Source: <https://discord.com/developers/docs/topics/rate-limits>.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::Refused;
use super::call::Call;
use super::routes::Route;
use crate::sandbox::Knobs;
use crate::sandbox::error::ApiError;

/// What headers say when no knob limits the route.
const GENEROUS: u32 = 1_000;

/// Requests counted per bucket.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    windows: Mutex<HashMap<String, Window>>,
}

#[derive(Debug)]
struct Window {
    since: Instant,
    used: u32,
}

/// What is left of a bucket.
#[derive(Debug)]
pub(crate) struct Allowance {
    bucket: String,
    limit: u32,
    left: u32,
    reset: Duration,
}

/// A limit that was passed.
#[derive(Debug)]
pub(crate) struct Wait {
    global: bool,
    after: Duration,
    allowance: Allowance,
}

impl Limiter {
    /// Counts a request; an error when it comes too soon.
    pub(crate) fn count(
        &self,
        knobs: &Knobs,
        route: &Route,
        call: &Call,
    ) -> Result<Allowance, Wait> {
        let bucket = format!("{:08x}", checksum(route.method, route.template));
        if knobs.requests_a_second.is_none() && knobs.bucket.is_none() {
            return Ok(Allowance {
                bucket,
                limit: GENEROUS,
                left: GENEROUS - 1,
                reset: Duration::from_secs(1),
            });
        }
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(most) = knobs.requests_a_second.filter(|_| !route.open) {
            let window = Window::take(
                &mut windows,
                "global".to_owned(),
                most,
                Duration::from_secs(1),
            );
            if let Err(after) = window {
                let allowance = Allowance {
                    bucket,
                    limit: most,
                    left: 0,
                    reset: after,
                };
                return Err(Wait {
                    global: true,
                    after,
                    allowance,
                });
            }
        }
        let (limit, length) = knobs.bucket.unwrap_or((GENEROUS, Duration::from_secs(1)));
        // The first parameter (channel, guild, webhook) is the major one.
        let key = format!("{bucket}:{}", call.text(0));
        match Window::take(&mut windows, key, limit, length) {
            Ok((left, reset)) => Ok(Allowance {
                bucket,
                limit,
                left,
                reset,
            }),
            Err(after) => {
                let allowance = Allowance {
                    bucket,
                    limit,
                    left: 0,
                    reset: after,
                };
                Err(Wait {
                    global: false,
                    after,
                    allowance,
                })
            }
        }
    }
}

impl Window {
    /// Takes one from the window; what is left and when it starts anew, or how long to wait.
    fn take(
        windows: &mut HashMap<String, Window>,
        key: String,
        limit: u32,
        length: Duration,
    ) -> Result<(u32, Duration), Duration> {
        let now = Instant::now();
        let window = windows.entry(key).or_insert(Window {
            since: now,
            used: 0,
        });
        if now.duration_since(window.since) >= length {
            *window = Window {
                since: now,
                used: 0,
            };
        }
        let reset = length.saturating_sub(now.duration_since(window.since));
        if window.used >= limit {
            return Err(reset);
        }
        window.used += 1;
        Ok((limit - window.used, reset))
    }
}

impl Allowance {
    pub(crate) fn headers(&self, headers: &mut HeaderMap) {
        let reset = self.reset.as_secs_f64();
        let at = chrono::Utc::now().timestamp_millis() as f64 / 1000.0 + reset;
        set(headers, "x-ratelimit-limit", &self.limit.to_string());
        set(headers, "x-ratelimit-remaining", &self.left.to_string());
        set(headers, "x-ratelimit-reset", &format!("{at:.3}"));
        set(headers, "x-ratelimit-reset-after", &format!("{reset:.3}"));
        set(headers, "x-ratelimit-bucket", &self.bucket);
    }
}

impl Wait {
    pub(crate) fn refusal(self) -> Refused {
        let error = ApiError::new(429, 0, "You are being rate limited.");
        Refused {
            error,
            wait: Some(self),
        }
    }

    /// Sets the headers of a 429 and answers its body.
    pub(crate) fn headers_and_body(&self, headers: &mut HeaderMap) -> Value {
        let after = self.after.as_secs_f64();
        self.allowance.headers(headers);
        set(
            headers,
            "retry-after",
            &format!("{}", after.ceil().max(1.0)),
        );
        set(
            headers,
            "x-ratelimit-scope",
            if self.global { "global" } else { "user" },
        );
        if self.global {
            set(headers, "x-ratelimit-global", "true");
        }
        json!({"message": "You are being rate limited.", "code": 0, "retry_after": after, "global": self.global})
    }
}

/// A refusal that a fault plays.
pub(crate) fn played(status: u16) -> Refused {
    if status == 429 {
        let after = Duration::from_millis(50);
        let allowance = Allowance {
            bucket: "played".to_owned(),
            limit: 1,
            left: 0,
            reset: after,
        };
        return Wait {
            global: false,
            after,
            allowance,
        }
        .refusal();
    }
    let message = match status {
        500 => "500: Internal Server Error",
        502 => "502: Bad Gateway",
        503 => "503: Service Unavailable",
        _ => "played by a fault",
    };
    ApiError::new(status, 0, message).into()
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// FNV-1a: a short stable name for a route's bucket.
fn checksum(method: &str, template: &str) -> u32 {
    let bytes = method.bytes().chain(template.bytes());
    bytes.fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
