//! Builds the exports of one account: one object for each account that has requested one. It is the
//! shell of `app::export::build`: which account it is for, and the alarm, whose run has the time
//! that a part needs. Nothing is kept of it when the export is ready.

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::app::export::build;
use crate::domain::id::AccountId;
use crate::pages;
use crate::ports::{Admission, World};

use super::config::config;
use super::world::Cloud;

/// The account, since an alarm does not say its object's name.
const STORED: &str = "account";

/// See the module.
#[durable_object(alarm)]
pub struct Exporter {
    state: State,
    env: Env,
}

impl DurableObject for Exporter {
    fn new(state: State, env: Env) -> Self {
        Self { state, env }
    }

    /// Told that there is something to build. The platform never runs two alarms of an object at
    /// the same time, so who is told while one runs gets another run behind it.
    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let account: AccountId = serde_json::from_str(&request.text().await?)?;
        let storage = self.state.storage();
        storage.put(STORED, account.to_string()).await?;
        // A plain number is the time from now.
        storage.set_alarm(0).await?;
        Response::from_json(&Admission::Admitted)
    }

    /// What fails is repeated by the platform, and then by the cron.
    async fn alarm(&self) -> Result<Response> {
        let storage = self.state.storage();
        let account: Option<String> = storage.get(STORED).await?;
        let Some(account) = account.and_then(|text| AccountId::parse(&text)) else {
            return Response::empty();
        };
        let cloud = self.cloud()?;
        let built = build(&cloud, account, pages::export_index).await;
        cloud.calls().end();
        match built {
            Ok(Some(at)) => storage.set_alarm(at.since(cloud.now()).max(0)).await?,
            Ok(None) => storage.delete_all().await?,
            Err(failure) => return Err(worker::Error::RustError(failure.log_text())),
        }
        Response::empty()
    }
}

impl Exporter {
    fn cloud(&self) -> Result<Cloud> {
        let config = config(&self.env)
            .map_err(|wrong| worker::Error::RustError(format!("{} is not valid", wrong.0)))?;
        Ok(Cloud::new(self.env.clone(), config))
    }
}
