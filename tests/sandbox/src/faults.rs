//! The faults that tests can arm, by name. Each is taken at one named point of the program.

use serde_json::{Value, json};

/// Most faults armed at a time: a test arms a handful; more is a loop that forgot to clear.
const MAX_ARMED: usize = 1_000;

/// A fault that can be armed.
pub struct Kind {
    pub name: &'static str,
    /// Which calls it counts: `api`, `createTask`, `task`, `recordInfo`, `callback`, `result`,
    /// `upload`; of the provider of identities `identity` (any endpoint), `discovery`, `authorize`,
    /// `token`, `id_token`, `keys`; `mail`.
    pub at: &'static str,
    pub about: &'static str,
}

const fn kind(at: &'static str, name: &'static str, about: &'static str) -> Kind {
    Kind { name, at, about }
}

/// Every fault. `task` faults are taken by the next task created, for its whole life.
pub const KINDS: &[Kind] = &[
    kind("api", "http_status", "a real HTTP status; with {status, retry_after?, path?}"),
    kind("api", "html_502", "HTTP 502 with a gateway's HTML page; with {path?}"),
    kind("api", "body_code", "HTTP 200 with this code and nothing done; with {code, msg?, path?}"),
    kind("api", "truncated_json", "the call is done, its JSON ends half way; with {path?}"),
    kind("api", "empty_body", "the call is done, HTTP 200 with nothing in it; with {path?}"),
    kind("api", "message_field", "`message` instead of `msg`; with {path?}"),
    kind("api", "slow_answer", "the call is done, its answer waits; with {ms = 5000, path?}"),
    kind("api", "connection_dropped", "closed unanswered, nothing done; with {path?}"),
    kind("createTask", "create_402", "code 402 whatever the balance is"),
    kind("createTask", "create_402_as_500", "the text of 402 under code 500"),
    kind("createTask", "create_429", "code 429 whatever the rate is"),
    kind("createTask", "create_answer_lost", "the task exists, the connection is closed"),
    kind("createTask", "create_answer_hangs", "the task exists, no answer; with {ms = 60000}"),
    kind("createTask", "create_500_but_created", "the task exists, the answer is code 500"),
    kind("createTask", "create_without_task_id", "code 200 with data null, no task"),
    kind("createTask", "callback_before_answer", "the task ends and calls back before the answer"),
    kind("task", "task_fails", "with {fail_code = \"501\", fail_msg = \"Generation failed\"}"),
    kind("task", "fail_media_unavailable", "422 Your media file is unavailable …"),
    kind("task", "fail_image_fetch", "400 Image fetch failed …"),
    kind("task", "fail_not_processed", "400 The current content could not be processed"),
    kind("task", "fail_openai_policy", "400 … may violate OpenAI's content policies"),
    kind("task", "fail_content_policy", "422 CONTENT_POLICY_BLOCKED …"),
    kind("task", "fail_prompt_prohibited", "422 Invalid prompt …"),
    kind("task", "fail_try_again", "500 Internal Error, Please try again later.; costTime 0"),
    kind("task", "fail_internal", "500 Internal server error"),
    kind("task", "fail_generation", "501 Generation failed"),
    kind("task", "fail_credits", "402 Credits insufficient …, after acceptance"),
    kind("task", "fail_google", "400 The Google model was unable to generate …"),
    kind("task", "task_never_ends", "stays in flight until the control interface finishes it"),
    kind("task", "task_latency", "ends after its own time; with {ms}"),
    kind("task", "task_in_flight_state", "another state while in flight; with {state}"),
    kind("task", "task_flips", "success turns into fail, or back, later; with {ms = 1000}"),
    kind("task", "inputs_fetched_again", "each input is fetched more than once; with {gets = 2}"),
    kind("task", "result_unlisted_host", "the link names another host; with {origin?}"),
    kind("recordInfo", "record_null", "422 recordInfo is null, though the task exists"),
    kind("recordInfo", "record_404", "404 Task not found, though the task exists"),
    kind("recordInfo", "record_408", "408, upstream silent for 10 minutes"),
    kind("recordInfo", "record_429", "429 whatever the rate is"),
    kind("recordInfo", "record_state", "in flight with a state; with {state = \"reviewing\"}"),
    kind("recordInfo", "record_wrong_task", "success of some other task id"),
    kind("recordInfo", "record_result_object", "resultJson is an object (finished tasks only)"),
    kind("recordInfo", "record_result_null", "resultJson is null (finished tasks only)"),
    kind("recordInfo", "record_result_broken", "resultJson is not JSON (finished tasks only)"),
    kind("recordInfo", "record_no_urls", "resultUrls is empty (finished tasks only)"),
    kind("callback", "callback_missing", "is not sent"),
    kind("callback", "callback_duplicated", "is sent several times; with {times = 5}"),
    kind("callback", "callback_early", "comes before recordInfo is final; with {ms = 1000}"),
    kind("callback", "callback_late", "comes long after recordInfo is final; with {ms = 5000}"),
    kind("callback", "callback_2025", "in the shape of 2025"),
    kind("callback", "callback_snake_id", "data.task_id instead of data.taskId"),
    kind("callback", "callback_bad_signature", "signed with another key"),
    kind("callback", "callback_unsigned", "without the two headers"),
    kind("callback", "callback_old_timestamp", "signed long ago; with {seconds = 3600}"),
    kind("callback", "callback_swapped_body", "true signature, false data; with {data?}"),
    kind("callback", "callback_other_task", "true signature of this task, id of another in it"),
    kind("callback", "callback_not_json", "signed, but the body is not JSON"),
    kind("result", "result_status", "with {status = 404}"),
    kind("result", "result_slow", "dribbles; with {ms = 5000}, the whole time"),
    kind("result", "result_hangs", "no answer; with {ms = 120000}"),
    kind("result", "result_huge", "a picture's start and then noise; with {bytes, length = false}"),
    kind("result", "result_html", "HTTP 200, an HTML page"),
    kind("result", "result_mislabelled", "an HTML page that calls itself a picture"),
    kind("result", "result_redirect", "302 to another host; with {location?}"),
    kind("result", "result_chunked", "without Content-Length"),
    kind("result", "result_truncated", "the connection is cut half way"),
    kind("result", "result_empty", "HTTP 200 with 0 bytes"),
    kind("upload", "upload_fails", "with {code = 500, msg?}"),
    kind("identity", "identity_status", "a failure, nothing done; with {status = 500, path?}"),
    kind("identity", "identity_html", "HTTP 200, an HTML page, nothing done; with {path?}"),
    kind("identity", "identity_redirect", "302 to a stranger's keys; with {location?, path?}"),
    kind("identity", "identity_huge", "JSON that goes on; with {bytes, length = false, path?}"),
    kind("identity", "identity_hangs", "no answer, nothing done; with {ms = 120000, path?}"),
    kind("identity", "identity_empty", "HTTP 200 with nothing in it; with {path?}"),
    kind("identity", "identity_dropped", "closed unanswered, nothing done; with {path?}"),
    kind(
        "identity",
        "identity_slow",
        "the call is done, its answer waits; with {ms = 5000, path?}",
    ),
    kind("identity", "identity_answer_lost", "the call is done, closed unanswered; with {path?}"),
    kind(
        "identity",
        "identity_truncated",
        "the call is done, its JSON ends half way; with {path?}",
    ),
    kind("identity", "identity_cut", "the connection is cut in the middle; with {path?}"),
    kind("discovery", "discovery_issuer", "another issuer; with {issuer?}"),
    kind("discovery", "discovery_other_host", "every address on another host; with {origin?}"),
    kind("discovery", "discovery_missing", "a field is not there; with {field = \"jwks_uri\"}"),
    kind("authorize", "authorize_error", "back with {error = \"server_error\"} and no code"),
    kind("authorize", "authorize_state_wrong", "another state comes back"),
    kind("authorize", "authorize_state_missing", "no state comes back"),
    kind("authorize", "authorize_issuer_wrong", "`iss` is somebody else's"),
    kind("authorize", "authorize_issuer_missing", "no `iss` comes back"),
    kind("authorize", "authorize_code_missing", "neither code nor error comes back"),
    kind("token", "token_error", "with {error = \"invalid_grant\", status = 400}"),
    kind("token", "token_without_id_token", "everything but the id token"),
    kind("id_token", "id_nonce_wrong", "a nonce that nobody sent"),
    kind("id_token", "id_nonce_missing", "no nonce"),
    kind("id_token", "id_nonce_earlier", "the nonce of the sign-in before"),
    kind("id_token", "id_issuer_slash", "the issuer with a slash at its end"),
    kind("id_token", "id_issuer_bare", "the issuer without its scheme"),
    kind("id_token", "id_issuer_other", "somebody else's issuer; with {issuer?}"),
    kind("id_token", "id_issuer_missing", "no issuer"),
    kind("id_token", "id_audience_wrong", "aud and azp are another client"),
    kind("id_token", "id_audience_array", "aud is an array of our client alone"),
    kind("id_token", "id_audience_array_azp", "aud is us and another client, azp the other"),
    kind("id_token", "id_audience_missing", "no aud"),
    kind("id_token", "id_azp_wrong", "aud is us, azp another client"),
    kind("id_token", "id_expired", "over for {seconds = 3600}"),
    kind("id_token", "id_exp_missing", "no exp"),
    kind("id_token", "id_iat_future", "made in {seconds = 86400}"),
    kind("id_token", "id_iat_missing", "no iat"),
    kind("id_token", "id_nbf_future", "good only in {seconds = 1800}"),
    kind("id_token", "id_sub_other", "another person; with {sub?}"),
    kind("id_token", "id_sub_missing", "no sub"),
    kind("id_token", "id_sub_empty", "sub is empty"),
    kind("id_token", "id_email_unverified", "email_verified is false"),
    kind("id_token", "id_email_missing", "no email"),
    kind("id_token", "id_name_missing", "no name"),
    kind("id_token", "id_at_hash_wrong", "of another access token"),
    kind("id_token", "id_claims", "with {claims}: any claims, null takes one away"),
    kind("id_token", "id_alg_none", "unsigned; with {alg = \"none\"}"),
    kind("id_token", "id_hs256_public_key", "HS256, its key is the public key as PEM"),
    kind("id_token", "id_es256", "ES256; keys_curve_too publishes the key"),
    kind("id_token", "id_kid_unknown", "a stranger's key under its own id; with {kid?}"),
    kind("id_token", "id_kid_path", "the kid is a path; with {kid?}"),
    kind("id_token", "id_kid_missing", "no kid"),
    kind("id_token", "id_jku", "a stranger's key, and where it lies"),
    kind("id_token", "id_x5u", "a stranger's key, and where its certificate lies"),
    kind("id_token", "id_jwk", "a stranger's key, which the header holds"),
    kind("id_token", "id_crit", "a critical extension that nobody knows"),
    kind("id_token", "id_signature_stripped", "no signature"),
    kind("id_token", "id_signature_wrong", "one bit of the signature is flipped"),
    kind("id_token", "id_signature_stranger", "a stranger's key under the provider's id"),
    kind("id_token", "id_payload_swapped", "signed, then another sub; with {sub?}"),
    kind("id_token", "id_two_parts", "two parts instead of three"),
    kind("id_token", "id_garbage", "no token; with {text?}"),
    kind("id_token", "id_huge", "a true token of {bytes = 1048576}"),
    kind("keys", "keys_duplicate_kid", "a stranger's key, first, under the signing key's id"),
    kind("keys", "keys_curve_too", "the key of id_es256 is published"),
    kind("keys", "keys_none", "no keys"),
    kind("keys", "keys_uncached", "no Cache-Control"),
    kind("mail", "mail_status", "refused; with {status = 500, retry_after?, to?}"),
    kind("mail", "mail_dropped", "closed unanswered, not taken; with {to?}"),
    kind("mail", "mail_hangs", "no answer, not taken; with {ms = 120000, to?}"),
    kind("mail", "mail_slow", "taken, the answer waits; with {ms = 5000, to?}"),
    kind("mail", "mail_answer_lost", "taken, closed unanswered; with {to?}"),
];

struct Armed {
    name: String,
    times: u64,
    skip: u64,
    with: Value,
}

/// The armed faults, oldest first.
#[derive(Default)]
pub struct Faults(Vec<Armed>);

impl Faults {
    /// Arms what `{"fault", "times" = 1, "skip" = 0, "with" = {}}` says.
    pub fn arm(&mut self, request: &Value) -> Result<(), String> {
        let name = request["fault"].as_str().ok_or("\"fault\" is missing")?;
        if !KINDS.iter().any(|kind| kind.name == name) {
            return Err(format!("no fault is called {name:?}; GET /_control/faults lists them"));
        }
        if self.0.len() >= MAX_ARMED {
            return Err(format!("{MAX_ARMED} faults are armed already"));
        }
        let count = |field: &str, absent: u64| match request.get(field) {
            None => Ok(absent),
            Some(value) => value.as_u64().ok_or(format!("{field:?} is not a whole number")),
        };
        let with = request.get("with").cloned().unwrap_or_else(|| json!({}));
        if !with.is_object() {
            return Err("\"with\" is not an object".to_owned());
        }
        let (times, skip) = (count("times", 1)?, count("skip", 0)?);
        if times == 0 {
            return Err("\"times\" is 0".to_owned());
        }
        self.0.push(Armed { name: name.to_owned(), times, skip, with });
        Ok(())
    }

    /// The parameters of this fault if it is armed for this call, which uses it up once. Only a
    /// fault without `with.path`, or whose `with.path` occurs in `path`, is armed for it.
    pub fn take(&mut self, name: &str, path: &str) -> Option<Value> {
        self.take_for(name, "path", path)
    }

    /// The same with another field than the path.
    pub fn take_for(&mut self, name: &str, field: &str, value: &str) -> Option<Value> {
        let matches = |armed: &&mut Armed| {
            armed.name == name && armed.with[field].as_str().is_none_or(|part| value.contains(part))
        };
        let armed = self.0.iter_mut().find(matches)?;
        if armed.skip > 0 {
            armed.skip -= 1;
            return None;
        }
        armed.times = armed.times.saturating_sub(1);
        let with = armed.with.clone();
        self.0.retain(|armed| armed.times > 0);
        Some(with)
    }

    /// Whether the next call would take it.
    pub fn is_armed(&self, name: &str) -> bool {
        self.0.iter().find(|armed| armed.name == name).is_some_and(|armed| armed.skip == 0)
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Every kind, and what is armed.
    pub fn list(&self) -> Value {
        let kinds: Vec<_> = KINDS
            .iter()
            .map(|kind| json!({"fault": kind.name, "at": kind.at, "about": kind.about}))
            .collect();
        let armed: Vec<_> = self
            .0
            .iter()
            .map(|armed| {
                json!({"fault": armed.name, "times": armed.times, "skip": armed.skip,
                       "with": armed.with})
            })
            .collect();
        json!({"faults": kinds, "armed": armed})
    }
}

/// A number among the parameters of a fault.
pub fn number(with: &Value, field: &str, absent: u64) -> u64 {
    with[field].as_u64().unwrap_or(absent)
}

/// A text among the parameters of a fault.
pub fn text<'a>(with: &'a Value, field: &str, absent: &'a str) -> &'a str {
    with[field].as_str().unwrap_or(absent)
}
