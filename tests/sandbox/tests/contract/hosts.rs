//! Uploads, results, temporary links.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::outside::{Bench, KEY, Reply, encoded, picture, send};

async fn upload(bench: &Bench, path: &str, content_type: &str, body: Bytes) -> Reply {
    let url = format!("{}{path}", bench.sandbox.uploads);
    let authorization = format!("Bearer {KEY}");
    let headers = [("authorization", authorization.as_str()), ("content-type", content_type)];
    send("POST", &url, &headers, body).await.unwrap()
}

async fn upload_json(bench: &Bench, path: &str, body: Value) -> Value {
    upload(bench, path, "application/json", Bytes::from(body.to_string())).await.json()
}

fn form(fields: &[(&str, &[u8])]) -> Bytes {
    let mut body = Vec::new();
    for (disposition, value) in fields {
        body.extend(
            format!("--XX\r\ncontent-disposition: form-data; {disposition}\r\n\r\n").bytes(),
        );
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(b"--XX--\r\n");
    Bytes::from(body)
}

#[tokio::test]
async fn the_three_kinds_of_upload_answer_alike_and_serve_the_file() {
    let bench = Bench::open().await;
    let file = encoded(&picture(40, 40, [1, 2, 3]), ImageFormat::Png);
    let body = form(&[
        ("name=\"file\"; filename=\"a.png\"", &file),
        ("name=\"uploadPath\"", b"images/tests"),
    ]);
    let kind = "multipart/form-data; boundary=XX";
    let stream = upload(&bench, "/api/file-stream-upload", kind, body).await;
    assert_eq!(stream.header("access-control-allow-origin"), "*");
    let data_url = format!("data:image/png;base64,{}", STANDARD.encode(&file));
    let request =
        json!({"base64Data": data_url, "uploadPath": "images/tests", "fileName": "b.png"});
    let base64 = upload_json(&bench, "/api/file-base64-upload", request).await;
    bench.put_file("/c.png", 200, "image/png", file.clone());
    let request = json!({"fileUrl": bench.url("/c.png"), "uploadPath": "images/tests"});
    let url = upload_json(&bench, "/api/file-url-upload", request).await;
    for answer in [stream.json(), base64.clone(), url] {
        assert_eq!((&answer["success"], &answer["code"]), (&json!(true), &json!(200)));
        let data = &answer["data"];
        let names: Vec<_> = data.as_object().unwrap().keys().cloned().collect();
        let expected = ["downloadUrl", "fileName", "filePath", "fileSize", "mimeType", "success"];
        assert_eq!(names[..6], expected);
        assert_eq!(names[6..], ["uploadedAt"]);
        assert_eq!(
            (&data["fileSize"], &data["mimeType"]),
            (&json!(file.len()), &json!("image/png"))
        );
        let path = format!("kieai/136592/images/tests/{}", data["fileName"].as_str().unwrap());
        assert_eq!(data["filePath"], path);
        let reply = send("GET", data["downloadUrl"].as_str().unwrap(), &[], "").await.unwrap();
        assert_eq!((reply.status, &reply.body), (200, &file));
    }
    let request = json!({"base64Data": STANDARD.encode(b"new"), "uploadPath": "images/tests",
                         "fileName": "b.png"});
    upload_json(&bench, "/api/file-base64-upload", request).await;
    let reply =
        send("GET", base64["data"]["downloadUrl"].as_str().unwrap(), &[], "").await.unwrap();
    assert_eq!(&reply.body[..], b"new", "the same name overwrites");
}

#[tokio::test]
async fn uploads_are_refused_in_kies_words() {
    let bench = Bench::open().await;
    let no_path = json!({"base64Data": "AAAA"});
    let answer = upload_json(&bench, "/api/file-base64-upload", no_path).await;
    let text = "Missing required parameter: uploadPath";
    assert_eq!(answer, json!({"success": false, "code": 400, "msg": text}));
    let broken = json!({"base64Data": "***", "uploadPath": "a"});
    let answer = upload_json(&bench, "/api/file-base64-upload", broken).await;
    assert_eq!(answer["msg"], "Base64 decoding failed: Invalid Base64 format");
    let url = format!("{}/api/file-url-upload", bench.sandbox.uploads);
    let reply = send("POST", &url, &[], "{}").await.unwrap();
    assert_eq!((reply.status, &reply.json()["code"]), (401, &json!(401)));
    assert_eq!(send("GET", &url, &[], "").await.unwrap().json()["code"], 405);
}

#[tokio::test]
async fn uploads_expire() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"upload_ttl_ms": 0})).await;
    let request = json!({"base64Data": "AAAA", "uploadPath": "a"});
    let answer = upload_json(&bench, "/api/file-base64-upload", request).await;
    let url = answer["data"]["downloadUrl"].as_str().unwrap();
    assert_eq!(send("GET", url, &[], "").await.unwrap().status, 404);
}

#[tokio::test]
async fn results_have_type_length_ratio_and_size() {
    let bench = Bench::open().await;
    for (ratio, resolution, format, mime, size) in [
        ("3:4", "1K", "jpg", "image/jpeg", (768, 1_024)),
        ("16:9", "1K", "png", "image/png", (1_024, 576)),
        ("auto", "1K", "png", "image/png", (768, 1_024)),
        ("2:3", "2K", "jpg", "image/jpeg", (1_365, 2_048)),
    ] {
        let mut request = bench.good_request();
        request["input"]["aspect_ratio"] = json!(ratio);
        request["input"]["resolution"] = json!(resolution);
        request["input"]["output_format"] = json!(format);
        let id = bench.created_with(request).await;
        let task = bench.ended(&id).await;
        let url = task["resultUrls"][0].as_str().unwrap();
        assert!(url.starts_with(&bench.sandbox.results), "{url}");
        let reply = send("GET", url, &[], "").await.unwrap();
        assert_eq!((reply.status, reply.header("content-type")), (200, mime));
        assert_eq!(reply.header("content-length"), reply.body.len().to_string());
        let image = image::load_from_memory(&reply.body).unwrap();
        assert_eq!((image.width(), image.height()), size, "{ratio} {resolution}");
    }
}

#[tokio::test]
async fn a_model_that_makes_several_pictures_gives_and_bills_several() {
    let bench = Bench::open().await;
    let id = bench
        .created_with(json!({"model": "bytedance/seedream-v4-edit", "input": {
        "prompt": "Put it on", "image_urls": [bench.url("/person.jpg")], "max_images": 3}}))
        .await;
    assert_eq!(bench.ended(&id).await["resultUrls"].as_array().unwrap().len(), 3);
    assert!((bench.credits().await - 985.0).abs() < 1e-9);
}

#[tokio::test]
async fn results_expire_and_temporary_links_end_earlier() {
    let bench = Bench::open().await;
    let url = bench.finished_url().await;
    let link = |envelope: Value| envelope["data"].as_str().unwrap().to_owned();
    let temporary = link(bench.api("POST", "/common/download-url", json!({"url": url})).await);
    let (long, short) = (send("GET", &url, &[], "").await, send("GET", &temporary, &[], "").await);
    assert_eq!(long.unwrap().body, short.unwrap().body);
    bench.control("POST", "settings", json!({"download_url_ttl_ms": 0})).await;
    let ended = link(bench.api("POST", "/common/download-url", json!({"url": url})).await);
    assert_eq!(send("GET", &ended, &[], "").await.unwrap().status, 404);
    bench.control("POST", "settings", json!({"result_ttl_ms": 0})).await;
    let expired = bench.finished_url().await;
    assert_eq!(send("GET", &expired, &[], "").await.unwrap().status, 404);
    let refused = bench.api("POST", "/common/download-url", json!({"url": expired})).await;
    assert_eq!(refused["msg"], "url is wrong", "a new link does not extend the retention");
}
