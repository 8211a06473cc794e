//! `wuhua serve`: the server, and beside it what happens by itself: timers, forgetting, checking.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, Result};
use clap::Args;
use governance::view::Views;
use kernel::{
    error::Coded as _,
    time::{DAY_MS, Moment},
};
use ledger::{Ledger, LedgerError, access::session};
use server::{AppState, CityDoors, RateLimits, Rates, Settings, SystemClock};

use crate::{Data, folder};

/// How often timers are looked at.
const TIMERS_EVERY: Duration = Duration::from_secs(1);

#[derive(Args)]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes a free one and says which.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "HOST:PORT")]
    listen: SocketAddr,
    /// TLS ends before this server: cookies are `Secure` and browsers are told to come back by TLS only.
    #[arg(long)]
    tls: bool,
    /// How many proxies of ours stand before it; what they say of the caller's address is believed.
    #[arg(long, default_value_t = 0)]
    proxies: u8,
    /// Accounts without second factor may do nothing but set it up.
    #[arg(long)]
    second_factor: bool,
    /// No limits on how often callers on this machine may ask: for load tests.
    #[arg(long)]
    no_rate_limits: bool,
    #[command(flatten)]
    data: Data,
}

pub(crate) fn run(serve: &Serve) -> Result<()> {
    let ledger = folder::ledger(&serve.data)?;
    let settings = Settings {
        tls: serve.tls,
        proxies: serve.proxies,
        rate_limits: if serve.no_rate_limits {
            RateLimits::OffForLoopback
        } else {
            RateLimits::On(Rates::default())
        },
        second_factor_needed: serve.second_factor,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(serve.listen).await.with_context(|| {
            format!("{}: cannot listen; choose another address with --listen", serve.listen)
        })?;
        let address = listener.local_addr()?;
        let views = Views::default();
        let doors = CityDoors::new(views.clone(), ledger.vault().clone());
        let state = AppState::new(ledger.clone(), views.clone(), doors, SystemClock, settings);
        let beside = tokio::spawn(keep_time(ledger.clone(), views));
        let checking = check(ledger);
        folder::say(&format!("Wuhua serves {} on http://{address}", serve.data.data.display()));
        let stop = async {
            let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
            tokio::select! {
                interrupted = tokio::signal::ctrl_c() => interrupted,
                _ = terminate.recv() => Ok(()),
            }
        };
        let served = server::serve(state, listener, async {
            if let Err(error) = stop.await {
                tracing::error!(%error, "signals cannot be heard");
            }
        })
        .await;
        beside.abort();
        drop(checking);
        served.context("the server stopped")
    })
}

/// Fires timers when they are due, and once a day forgets what need not be remembered.
async fn keep_time(ledger: Ledger, views: Views) {
    let mut every = tokio::time::interval(TIMERS_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut forgotten_at = Moment(0);
    loop {
        every.tick().await;
        let now = folder::now();
        if let Err(error) = fire(&ledger, &views, now).await {
            tracing::error!(code = error.code(), %error, "timers could not be fired");
        }
        if now - forgotten_at >= DAY_MS {
            forgotten_at = now;
            if let Err(error) = forget(&ledger, now).await {
                tracing::error!(code = error.code(), %error, "old answers and sessions could not be forgotten");
            }
        }
    }
}

async fn fire(ledger: &Ledger, views: &Views, now: Moment) -> Result<(), LedgerError> {
    // Looking costs no commit: most seconds nothing is due.
    let due = ledger
        .db()
        .read(move |tx| {
            let mut due = Vec::new();
            for city in ledger::cities(tx)? {
                if !ledger::due_timers(tx, city, now, 1)?.is_empty() {
                    due.push(city);
                }
            }
            Ok::<_, LedgerError>(due)
        })
        .await?;
    for city in due {
        let views = views.clone();
        let fired = ledger
            .db()
            .write(move |tx| {
                let view = views.of(tx, city)?;
                governance::desk::fire_due(tx, &view, now)
            })
            .await?;
        if fired > 0 {
            ledger.announce();
        }
    }
    Ok(())
}

async fn forget(ledger: &Ledger, now: Moment) -> Result<(), LedgerError> {
    ledger
        .db()
        .write(move |tx| {
            for city in ledger::cities(tx)? {
                ledger::forget_old(tx, city, now)?;
                session::sweep(tx, city, now)?;
            }
            Ok(())
        })
        .await
}

/// Checks the whole chain beside serving; a store with a bad row is written to no more.
fn check(ledger: Ledger) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || match ledger::verify(&ledger, false, &[], &mut |_| {}) {
        Ok(verdict) => {
            if let Some(bad) = verdict.first_bad {
                tracing::error!(%bad, "the ledger is damaged: nothing is written any more; run `wuhua verify`, restore a backup");
                folder::say(&format!(
                    "the ledger is damaged at {bad}: reads go on, nothing is written; restore a backup"
                ));
                ledger.db().seal("ledger_damaged");
            }
        }
        Err(error) => tracing::error!(code = error.code(), %error, "the ledger could not be checked"),
    })
}
