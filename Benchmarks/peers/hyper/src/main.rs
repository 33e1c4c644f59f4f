// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

//! The routes of the comparison on hyper and serde_json, one thread.

use futures_util::stream;
use hyper::body::{to_bytes, Body, Bytes, HttpBody};
use hyper::header::{HeaderValue, CONTENT_TYPE};
use hyper::service::{make_service_fn, service_fn};
use hyper::{Method, Request, Response, Server, StatusCode};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::net::SocketAddr;

#[derive(Serialize)]
struct Greeting {
    message: &'static str,
    count: u32,
    ok: bool,
}

#[derive(Serialize)]
struct Found {
    id: String,
    q: Option<String>,
}

#[derive(Serialize)]
struct Size {
    bytes: u64,
}

#[derive(Serialize)]
struct Summary {
    users: usize,
    active: usize,
    tags: usize,
}

#[allow(dead_code)]
#[derive(Deserialize)]
struct Page {
    total: i64,
    page: i64,
    users: Vec<User>,
}

#[allow(dead_code)]
#[derive(Deserialize)]
struct User {
    id: i64,
    name: String,
    email: String,
    active: bool,
    score: f64,
    tags: Vec<String>,
    address: Address,
    note: Option<String>,
}

#[allow(dead_code)]
#[derive(Deserialize)]
struct Address {
    street: String,
    city: String,
    zip: String,
    geo: Point,
}

#[allow(dead_code)]
#[derive(Deserialize)]
struct Point {
    lat: f64,
    lng: f64,
}

const TEXT: HeaderValue = HeaderValue::from_static("text/plain;charset=UTF-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

fn text(text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, TEXT);
    response
}

fn json<T: Serialize>(value: &T) -> Response<Body> {
    let mut response = Response::new(Body::from(serde_json::to_vec(value).unwrap()));
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Undoes percent-encoding.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        match (bytes[at], escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 2;
            }
            (b'+', _) => decoded.push(b' '),
            (byte, _) => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn query(request: &Request<Body>, name: &str) -> Option<String> {
    request.uri().query()?.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then(|| decode(value))
    })
}

static CHUNK: [u8; 16 * 1024] = [b'x'; 16 * 1024];

fn chunks(count: usize) -> Response<Body> {
    let chunks = (0..count).map(|_| Ok::<_, Infallible>(Bytes::from_static(&CHUNK)));
    Response::new(Body::wrap_stream(stream::iter(chunks)))
}

async fn answer(request: Request<Body>) -> Result<Response<Body>, hyper::Error> {
    let path = request.uri().path();
    Ok(match (request.method(), path) {
        (&Method::GET, "/") | (&Method::GET, "/static") => text("Hello, World!"),
        (&Method::GET, "/json") => json(&Greeting { message: "Hello, World!", count: 42, ok: true }),
        (&Method::GET, "/stream") => chunks(100),
        (&Method::GET, "/download") => chunks(131_072),
        (&Method::POST, "/users") => {
            let bytes = to_bytes(request.into_body()).await?;
            match serde_json::from_slice::<Page>(&bytes) {
                Ok(page) => json(&Summary {
                    users: page.users.len(),
                    active: page.users.iter().filter(|user| user.active).count(),
                    tags: page.users.iter().map(|user| user.tags.len()).sum(),
                }),
                Err(_) => status(StatusCode::BAD_REQUEST),
            }
        }
        (&Method::POST, "/upload") => {
            let mut body = request.into_body();
            let mut bytes = 0;
            while let Some(chunk) = body.data().await {
                bytes += chunk?.len() as u64;
            }
            json(&Size { bytes })
        }
        (&Method::GET, path) if path.starts_with("/items/") => {
            json(&Found { id: decode(&path[7..]), q: query(&request, "q") })
        }
        _ => status(StatusCode::NOT_FOUND),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let port = std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let service = make_service_fn(|_| async { Ok::<_, Infallible>(service_fn(answer)) });
    let server = Server::bind(&SocketAddr::from(([127, 0, 0, 1], port)))
        .tcp_nodelay(true)
        .http1_pipeline_flush(true)
        .serve(service);
    if let Err(error) = server.await {
        eprintln!("{error}");
    }
}
