//! multipart/form-data as a browser sends it.

const BOUNDARY: &str = "----FormBoundary7MA4YWxkTrZu0gW";

/// A body that grows part by part.
#[derive(Clone, Default)]
pub struct Form(Vec<u8>);

impl Form {
    pub fn new() -> Self {
        Self::default()
    }

    /// A form with everything an order needs.
    pub fn order(person: &[u8], garments: &[Vec<u8>]) -> Self {
        let form = Self::new().text("consent", "on").file("person_image", "me.jpg", person);
        garments.iter().fold(form, |form, bytes| form.file("garment_images", "it.png", bytes))
    }

    #[must_use]
    pub fn text(mut self, name: &str, value: &str) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        self.0.extend(head.into_bytes());
        self
    }

    #[must_use]
    pub fn file(mut self, name: &str, file_name: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; \
             filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        self.0.extend(head.into_bytes());
        self.0.extend(bytes);
        self.0.extend(b"\r\n");
        self
    }

    pub fn content_type() -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    pub fn body(mut self) -> Vec<u8> {
        self.0.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        self.0
    }
}
