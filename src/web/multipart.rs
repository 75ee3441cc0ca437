//! Reading a multipart body with its limits counted on bytes, not on Content-Length.

use bytes::Bytes;
use http::{HeaderMap, header};
use multer::{Constraints, Multipart, SizeLimit};

use crate::app::Failure;
use crate::domain::image;
use crate::domain::refusal::{Code, Refusal};

use super::intake::{Intake, Progress};
use super::{Incoming, text_header};

/// All files of one order: 24 MB.
pub const FILES_BYTES_MAX: u64 = 24 * 1024 * 1024;
/// What is read of one body. More than is accepted: a browser sends the photos of a form before its
/// texts, and a form refused for its photos is shown again with the texts. Five of 12 MB fit.
const BODY_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// One file; 10 MB.
const FILE_BYTES_MAX: usize = image::Limits::UPLOAD.bytes_max;
/// One text field: 500 characters of 4 bytes fit with room.
const TEXT_BYTES_MAX: usize = 4 * 1024;
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

/// Reads the parts one after the other and hands each to `take`, which may refuse. `fields` are
/// those of files and of texts; before so many bytes of files are kept `hold` is asked, which may
/// refuse too. After the first refusal files are read past, and texts are still handed over.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Incoming,
    fields: [&[&'static str]; 2],
    hold: impl Fn(u64) -> Result<(), Refusal>,
    mut take: impl FnMut(Part) -> Result<(), Refusal>,
) -> Result<(), Failure> {
    let content_type = text_header(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(|_| {
        Refusal::new(Code::InputInvalid, "Send the order as multipart/form-data with a boundary.")
    })?;
    let limits = SizeLimit::new().whole_stream(BODY_BYTES_MAX);
    let (body, progress) = Intake::of(body);
    let mut multipart =
        Multipart::with_constraints(body, boundary, Constraints::new().size_limit(limits));
    let mut refused: Option<Refusal> = None;
    let mut files_bytes = 0;
    for _ in 0..PARTS_MAX {
        let read = match multipart.next_field().await {
            Ok(None) => return refused.map_or(Ok(()), |refusal| Err(refusal.into())),
            Ok(Some(field)) => {
                let keep_file = |bytes: usize| {
                    let bytes = files_bytes + bytes as u64;
                    let kept = if bytes > FILES_BYTES_MAX { Err(too_large()) } else { hold(bytes) };
                    refused.clone().map_or(kept, Err)
                };
                read_part(field, fields, keep_file, &progress).await
            }
            Err(error) => Err(error),
        };
        let part = match read {
            Ok(part) => part,
            Err(error) => return Err(refused.unwrap_or_else(|| refusal(&error)).into()),
        };
        let taken = part.and_then(|part| match part {
            Part::File(..) if refused.is_some() => Ok(()),
            Part::File(_, _, ref bytes) => {
                files_bytes += bytes.len() as u64;
                take(part)
            }
            Part::Text(..) => take(part),
        });
        refused = refused.or(taken.err());
    }
    let too_many = || Refusal::new(Code::InputInvalid, "The form has too many fields.");
    Err(refused.unwrap_or_else(too_many).into())
}

/// Reads one part, of a file field, a text field or neither, to its end. `keep_file` may refuse to
/// keep so many bytes of a file; of one that is refused, or too large, no bytes stay.
async fn read_part(
    mut field: multer::Field<'static>,
    [file_fields, text_fields]: [&[&'static str]; 2],
    keep_file: impl Fn(usize) -> Result<(), Refusal>,
    progress: &Progress,
) -> Result<Result<Part, Refusal>, multer::Error> {
    let name = field.name().unwrap_or_default().to_owned();
    let file_field = file_fields.iter().copied().find(|known| *known == name);
    let named = field.file_name().is_some_and(|name| !name.is_empty());
    let text_field = || text_fields.iter().copied().find(|known| *known == name);
    let about_text =
        |detail| Refusal { field: text_field(), ..Refusal::new(Code::InputInvalid, detail) };
    // Pieces are joined once, at the end: bytes that grow in place have up to twice their size.
    let (mut pieces, mut length): (Vec<Bytes>, usize) = (Vec::new(), 0);
    let mut refused: Option<Refusal> = None;
    progress.made();
    while let Some(piece) = field.chunk().await? {
        progress.made();
        length += piece.len();
        let kept = match file_field {
            Some(field) if length > FILE_BYTES_MAX => {
                let detail = "This photo is over 10 MB. Send a smaller one.";
                Err(Refusal::field(Code::ImageTooLarge, field, detail))
            }
            Some(_) => keep_file(length),
            None if length > TEXT_BYTES_MAX => {
                Err(about_text("This text of the form is too long."))
            }
            None => Ok(()),
        };
        refused = refused.or(kept.err());
        if refused.is_some() {
            pieces = Vec::new();
        } else {
            pieces.push(piece);
        }
    }
    if let Some(refusal) = refused {
        return Ok(Err(refusal));
    }
    let bytes = pieces.concat();
    if file_field.is_some() {
        return Ok(Ok(Part::File(name, named, bytes)));
    }
    let not_utf8 = about_text("This text of the form is not UTF-8.");
    Ok(String::from_utf8(bytes).map(|text| Part::Text(name, text)).map_err(|_| not_utf8))
}

fn too_large() -> Refusal {
    Refusal::new(
        Code::BodyTooLarge,
        "The photos together are over 24 MB. Send fewer or smaller ones.",
    )
}

/// What the parser's error means for the visitor.
fn refusal(error: &multer::Error) -> Refusal {
    match error {
        multer::Error::StreamSizeExceeded { .. } => too_large(),
        // `multer::Error` may grow: whatever else it says, the body was not a whole form.
        multer::Error::UnknownField { .. }
        | multer::Error::FieldSizeExceeded { .. }
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
        }
    }
}
