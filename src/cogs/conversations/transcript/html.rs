//! The page: one file, its style, its pictures and what else came with messages inside. No script, nothing that is loaded from anywhere.

use std::fmt::Write as _;

use super::{History, Labels, Line, clock, marks};
use crate::cogs::conversations::messages::Attachment;
use crate::cogs::conversations::values::{Reader, Sender};

const STYLE: &str = "
body{background:#313338;color:#dbdee1;font:16px/1.4 'gg sans','Noto Sans','Helvetica Neue',Arial,sans-serif;margin:0}
header{background:#2b2d31;padding:16px 24px;border-bottom:1px solid #1f2023}
h1{font-size:20px;margin:0;color:#f2f3f5}header p{margin:4px 0 0;color:#949ba4}
dt{color:#949ba4;font-size:13px;margin-top:8px}dd{margin:0}
main{padding:16px 24px}article{display:grid;grid-template-columns:40px 1fr;gap:0 16px;margin:0 0 16px}
.face{width:40px;height:40px;border-radius:50%;background:#5865f2;color:#fff;display:flex;align-items:center;
justify-content:center;font-weight:600}.agent .face{background:#23a55a}.system .face{background:#4e5058}
.note{background:#46402f;border-left:4px solid #f0b232;padding:4px 8px}.note .face{background:#f0b232}
.name{color:#f2f3f5;font-weight:600}time,.mark{color:#949ba4;font-size:12px;margin-left:8px}
.words{white-space:pre-wrap;overflow-wrap:anywhere}.gone .words{text-decoration:line-through;color:#949ba4}
.before{color:#949ba4;font-size:13px;white-space:pre-wrap}
img{max-width:400px;max-height:300px;border-radius:8px;display:block;margin-top:4px}
.file{color:#00a8fc;background:#2b2d31;border:1px solid #1f2023;border-radius:8px;padding:8px 12px;margin-top:4px;display:inline-block}
";

/// The whole page.
pub(super) fn page(history: &History, lines: &[&Line], labels: &Labels, reader: Reader) -> String {
    let conversation = &history.conversation;
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body><header><h1>{title} · {}</h1><p>{} · {} · <time>{}</time></p>",
        labels.language,
        escaped(&conversation.subject),
        escaped(&history.names.guild),
        escaped(&history.names.category),
        clock(conversation.created_at),
        title = escaped(&labels.title),
    );
    let answers = conversation.answered();
    if !answers.is_empty() {
        page += "<dl>";
        for answer in answers {
            let _ = write!(
                page,
                "<dt>{}</dt><dd>{}</dd>",
                escaped(&answer.question),
                escaped(&answer.answer)
            );
        }
        page += "</dl>";
    }
    page += "</header><main>\n";
    for line in lines {
        article(&mut page, line, labels, reader);
    }
    page += "</main></body></html>\n";
    page
}

fn article(page: &mut String, line: &Line, labels: &Labels, reader: Reader) {
    let message = &line.message;
    let class = match message.sender_type {
        Sender::User => "user",
        Sender::Agent => "agent",
        Sender::System => "system",
        Sender::Note => "note",
    };
    let gone = if message.deleted_at.is_some() {
        " gone"
    } else {
        ""
    };
    let initial = message.sender_name.chars().next().unwrap_or('?');
    let _ = write!(
        page,
        "<article class=\"{class}{gone}\"><div class=\"face\">{}</div><div><span class=\"name\">{}</span><time>{}</time>",
        escaped(&initial.to_uppercase().to_string()),
        escaped(&message.sender_name),
        clock(message.created_at)
    );
    for mark in marks(message, labels) {
        let _ = write!(page, "<span class=\"mark\">{}</span>", escaped(mark));
    }
    let _ = write!(
        page,
        "<div class=\"words\">{}</div>",
        escaped(&message.content)
    );
    if reader == Reader::Staff {
        for before in &line.before {
            let _ = write!(page, "<div class=\"before\">← {}</div>", escaped(before));
        }
    }
    for (file, bytes) in &line.files {
        attached(page, file, bytes.as_deref(), labels);
    }
    *page += "</div></article>\n";
}

fn attached(page: &mut String, file: &Attachment, bytes: Option<&[u8]>, labels: &Labels) {
    let name = escaped(&file.name);
    // SVG can carry scripts; as an image it can't run them, but nobody needs to trust that.
    let is_picture = matches!(
        file.media_type.as_str(),
        "image/png" | "image/jpeg" | "image/gif" | "image/webp"
    );
    if let (Some(bytes), true) = (bytes, is_picture) {
        let _ = write!(
            page,
            "<img alt=\"{name}\" title=\"{name}\" src=\"data:{};base64,{}\">",
            file.media_type,
            base64(bytes)
        );
        return;
    }
    if let Some(bytes) = bytes {
        // Saved under its own name, from the page itself; never opened by the type that its sender gave it.
        let _ = write!(
            page,
            "<a class=\"file\" download=\"{name}\" href=\"data:application/octet-stream;base64,{}\">{name} · {} B</a>",
            base64(bytes),
            file.size
        );
        return;
    }
    let note = match &file.sha256 {
        Some(sha256) => format!("sha256 {sha256}"),
        None => escaped(&labels.lost),
    };
    let _ = write!(
        page,
        "<div class=\"file\">{name} · {} B · <span class=\"mark\">{note}</span></div>",
        file.size
    );
}

/// Text that stands in a page or in an attribute in double quotes as it is.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            c => safe.push(c),
        }
    }
    safe
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            let digit = (bits >> (18 - 6 * place)) & 0x3f;
            text.push(match place <= chunk.len() {
                true => char::from(DIGITS[digit as usize]),
                false => '=',
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, escaped};

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn nothing_that_people_write_becomes_part_of_the_page() {
        assert_eq!(
            escaped("<script>alert('&\"')</script>"),
            "&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;"
        );
    }
}
