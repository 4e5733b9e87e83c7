//! Runs a command. Every failure becomes one line for the operator and an exit code.

use std::{io::Write, process::ExitCode, sync::Arc};

use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    config::{Command, Serve},
    downloads::Downloads,
    engine::Engine,
    http,
    limits::PageLimits,
    log,
    log::LogError,
    package::{ExportError, ImportError},
    schema,
    store::{Store, StoreError},
};
use signals::Signals;

mod check;
mod export;
mod handles;
mod import;
mod init;
mod progress;
mod remove;
mod signals;

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Engine(#[from] crate::error::Internal),
    #[error("cannot listen on {address}: {cause}; choose another address with --listen")]
    Listen {
        address: std::net::SocketAddr,
        cause: std::io::Error,
    },
    #[error("cannot serve: {0}")]
    Serve(std::io::Error),
    #[error("cannot write the output: {0}")]
    Output(std::io::Error),
    #[error(transparent)]
    Init(#[from] init::InitError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error("the database has no report {agency}/{fiscal_year}")]
    NoReport { agency: String, fiscal_year: i32 },
    #[error("cannot start the runtime: {0}")]
    Runtime(std::io::Error),
}

/// Runs what a command does with the database to its end.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?
        .block_on(work)
}

/// Carries a command out.
pub fn run(command: Command) -> ExitCode {
    let done = match command {
        Command::Check(settings) => check::check(&settings)
            .map(|passed| match passed {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            })
            .map_err(Failure::Output),
        Command::Init(settings) => init::init(&settings)
            .map(|()| ExitCode::SUCCESS)
            .map_err(Failure::Init),
        Command::Import(settings) => import::import(&settings).map(|all| match all {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        }),
        Command::Export(settings) => export::export(&settings).map(|()| ExitCode::SUCCESS),
        Command::Remove(settings) => remove::remove(&settings).map(|()| ExitCode::SUCCESS),
        Command::Serve(settings) => run_server(&settings),
        Command::Schema => std::io::stdout()
            .write_all(schema::sdl(PageLimits::default()).as_bytes())
            .map(|()| ExitCode::SUCCESS)
            .map_err(Failure::Output),
    };
    done.unwrap_or_else(|failure| {
        let _ = writeln!(std::io::stderr(), "annals: {failure}");
        ExitCode::FAILURE
    })
}

fn run_server(settings: &Serve) -> Result<ExitCode, Failure> {
    // Dropped last, so that everything up to then is logged.
    let _log = log::start(settings.log_format)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?;
    let ended = runtime.block_on(serve(settings));
    // Does not wait for statements that are still running.
    runtime.shutdown_background();
    ended
}

async fn serve(settings: &Serve) -> Result<ExitCode, Failure> {
    let address = settings.listen;
    // The address is taken first: a database need not be made for a server that cannot listen.
    let listener = TcpListener::bind(address)
        .await
        .map_err(|cause| Failure::Listen { address, cause })?;
    let store = Store::open(&settings.database_url(), settings.readers()).await?;
    let engine = Arc::new(Engine::new(store.readers().clone(), settings.engine())?);
    let downloads = Downloads::new(settings.database_url());
    let mut http_settings = settings.http();
    http_settings.connections = handles::connections(
        http_settings.connections,
        engine.readers(),
        http::turned_away,
    );
    let address = listener.local_addr().map_err(Failure::Serve)?;
    let mut signals = Signals::listen().map_err(Failure::Serve)?;
    tracing::info!("listening on http://{address}/graphql");
    let (stop, stopping) = oneshot::channel();
    let serving = http::serve(listener, engine, downloads, http_settings, async {
        // The sender is not dropped before it has sent.
        let _ = stopping.await;
    });
    let two_signals = async {
        let first = signals.next().await;
        tracing::info!(
            signal = first.name,
            "shutting down: finishing requests in progress; a second signal exits immediately"
        );
        // Fails only if the server has ended already.
        let _ = stop.send(());
        signals.next().await
    };
    tokio::select! {
        () = serving => {
            tracing::info!("stopped");
            Ok(ExitCode::SUCCESS)
        }
        second = two_signals => {
            tracing::warn!(signal = second.name, "exiting immediately: requests in progress are abandoned");
            Ok(ExitCode::from(second.exit_code()))
        }
    }
}
