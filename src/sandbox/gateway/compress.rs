//! The three ways in which gateway frames travel: as text, as one zlib blob each
//! (`identify.compress`), or as one zlib stream over the whole connection.

use axum::extract::ws::Message;
use flate2::{Compress, Compression, FlushCompress, Status};

/// Frames at least this long are worth compressing when the client said that it can.
const WORTH_IT: usize = 1_024;

/// How this connection's frames travel.
#[derive(Debug)]
pub(crate) enum Transport {
    Text,
    /// Long frames are zlib blobs of their own.
    Payload,
    Stream(Box<Compress>),
}

impl Transport {
    /// As the connection's `compress` parameter says; None for one that does not exist here.
    pub(crate) fn asked(compress: Option<&str>) -> Option<Self> {
        match compress {
            None => Some(Transport::Text),
            Some("zlib-stream") => Some(Transport::Stream(Box::new(Compress::new(
                Compression::fast(),
                true,
            )))),
            Some(_) => None,
        }
    }

    pub(crate) fn pack(&mut self, frame: &str) -> Message {
        match self {
            Transport::Payload if frame.len() >= WORTH_IT => {
                let mut whole = Compress::new(Compression::fast(), true);
                Message::Binary(deflate(&mut whole, frame.as_bytes(), FlushCompress::Finish).into())
            }
            Transport::Text | Transport::Payload => Message::Text(frame.into()),
            Transport::Stream(stream) => {
                Message::Binary(deflate(stream, frame.as_bytes(), FlushCompress::Sync).into())
            }
        }
    }
}

/// Compresses all of `input`; a sync flush ends in `00 00 ff ff`, which clients look for.
fn deflate(stream: &mut Compress, input: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut output = Vec::with_capacity(input.len() / 2 + 128);
    let start = stream.total_in();
    loop {
        let read = usize::try_from(stream.total_in() - start).unwrap_or(input.len());
        let status = stream.compress_vec(&input[read..], &mut output, flush);
        let done = match status {
            Ok(Status::StreamEnd) | Err(_) => true,
            // Room left over means that everything was flushed.
            Ok(Status::Ok | Status::BufError) => output.len() < output.capacity(),
        };
        if done {
            return output;
        }
        output.reserve(output.capacity().max(1_024));
    }
}
