//! Reading a multipart body with its limits counted on bytes, not on Content-Length.

use bytes::Bytes;
use http::{HeaderMap, header};
use multer::{Constraints, Multipart, SizeLimit};

use crate::app::Failure;
use crate::domain::image;
use crate::domain::refusal::{Code, Refusal};

use super::{Incoming, text_header};

/// All files of one order: 24 MB.
pub const FILES_BYTES_MAX: u64 = 24 * 1024 * 1024;
/// Boundaries, part headers and text fields on top of the files.
const OVERHEAD_BYTES_MAX: u64 = 64 * 1024;
/// One text field: 500 characters of 4 bytes fit with room.
const TEXT_BYTES_MAX: u64 = 4 * 1024;
/// Parts in one body: 8 text fields, 5 files, and room for a client's own mistakes to be named.
const PARTS_MAX: usize = 32;

/// One part of the body.
#[derive(Debug)]
pub(super) enum Part {
    /// A text field.
    Text(String, String),
    /// A file: field name, whether a file name came with it, and the bytes.
    File(String, bool, Vec<u8>),
}

/// Reads the parts one after the other and hands each to `take`, which may refuse.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Incoming,
    file_fields: &[&'static str],
    text_fields: &[&'static str],
    mut take: impl FnMut(Part) -> Result<(), Refusal>,
) -> Result<(), Failure> {
    let content_type = text_header(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(|_| {
        Refusal::new(Code::InputInvalid, "Send the order as multipart/form-data with a boundary.")
    })?;
    let limits = SizeLimit::new()
        .whole_stream(FILES_BYTES_MAX + OVERHEAD_BYTES_MAX)
        .per_field(image::Limits::UPLOAD.bytes_max as u64);
    let mut multipart =
        Multipart::with_constraints(body, boundary, Constraints::new().size_limit(limits));
    let mut files_bytes = 0;
    for _ in 0..PARTS_MAX {
        let Some(field) =
            multipart.next_field().await.map_err(|error| refusal(&error, file_fields))?
        else {
            return Ok(());
        };
        let part = read_part(field, file_fields, text_fields).await?;
        if let Part::File(_, _, bytes) = &part {
            files_bytes += bytes.len() as u64;
            if files_bytes > FILES_BYTES_MAX {
                return Err(too_large().into());
            }
        }
        take(part)?;
    }
    Err(Refusal::new(Code::InputInvalid, "The form has too many fields.").into())
}

async fn read_part(
    mut field: multer::Field<'static>,
    file_fields: &[&'static str],
    text_fields: &[&'static str],
) -> Result<Part, Failure> {
    let name = field.name().unwrap_or_default().to_owned();
    let refused = |detail: &'static str| Refusal {
        field: text_fields.iter().copied().find(|known| *known == name),
        ..Refusal::new(Code::InputInvalid, detail)
    };
    let is_file = file_fields.contains(&name.as_str());
    let named = field.file_name().is_some_and(|name| !name.is_empty());
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        let chunk: Option<Bytes> =
            field.chunk().await.map_err(|error| refusal(&error, file_fields))?;
        let Some(chunk) = chunk else { break };
        if !is_file && (bytes.len() + chunk.len()) as u64 > TEXT_BYTES_MAX {
            return Err(refused("This text of the form is too long.").into());
        }
        bytes.extend_from_slice(&chunk);
    }
    if is_file {
        return Ok(Part::File(name, named, bytes));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Part::Text(name, text)),
        Err(_) => Err(refused("This text of the form is not UTF-8.").into()),
    }
}

fn too_large() -> Refusal {
    Refusal::new(
        Code::BodyTooLarge,
        "The photos together are over 24 MB. Send fewer or smaller ones.",
    )
}

/// What the parser's error means for the visitor.
fn refusal(error: &multer::Error, file_fields: &[&'static str]) -> Failure {
    match error {
        multer::Error::FieldSizeExceeded { field_name, .. } => {
            let name = field_name.as_deref().unwrap_or_default();
            let field = file_fields.iter().find(|known| **known == name);
            let detail = "This photo is over 10 MB. Send a smaller one.";
            match field {
                Some(field) => Refusal::field(Code::ImageTooLarge, field, detail).into(),
                None => Refusal::new(Code::InputInvalid, "A field of the form is too long.").into(),
            }
        }
        multer::Error::StreamSizeExceeded { .. } => too_large().into(),
        // `multer::Error` may grow: whatever else it says, the body was not a whole form.
        multer::Error::UnknownField { .. }
        | multer::Error::IncompleteFieldData { .. }
        | multer::Error::IncompleteHeaders
        | multer::Error::ReadHeaderFailed(_)
        | multer::Error::DecodeHeaderName { .. }
        | multer::Error::DecodeHeaderValue { .. }
        | multer::Error::IncompleteStream
        | multer::Error::StreamReadFailed(_)
        | multer::Error::LockFailure
        | multer::Error::NoMultipart
        | multer::Error::DecodeContentType(_)
        | multer::Error::NoBoundary
        | _ => {
            Refusal::new(Code::InputInvalid, "The form ended early or is damaged. Send it again.")
                .into()
        }
    }
}
