//! Runs a command. Every failure becomes one line for the operator and an exit code.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
    sync::Arc,
};

mod check;
mod init;

use tokio::{net::TcpListener, signal};
use tracing_subscriber::EnvFilter;

use crate::{
    config::{Command, LogFormat, Serve},
    engine::Engine,
    http, schema,
    store::{Store, StoreError},
};

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
enum Failure {
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
    #[error("cannot start the runtime: {0}")]
    Runtime(std::io::Error),
}

/// Carries a command out.
pub fn run(command: Command) -> ExitCode {
    let done = match command {
        Command::Check(settings) => match check::check(&settings) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(cause) => Err(Failure::Output(cause)),
        },
        Command::Init(settings) => init::init(&settings).map_err(Failure::Init),
        Command::Serve(settings) => {
            start_log(settings.log_format);
            tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .map_err(Failure::Runtime)
                .and_then(|runtime| runtime.block_on(serve(settings)))
        }
        Command::Schema => std::io::stdout()
            .write_all(schema::sdl().as_bytes())
            .map_err(Failure::Output),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "annals: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(settings: Box<Serve>) -> Result<(), Failure> {
    let address = settings.listen;
    // The address is taken first: a database need not be made for a server that cannot listen.
    let listener = TcpListener::bind(address)
        .await
        .map_err(|cause| Failure::Listen { address, cause })?;
    let store = Store::open(&settings.database_url()).await?;
    let engine = Arc::new(Engine::new(store.readers().clone(), settings.engine())?);
    let address = listener.local_addr().map_err(Failure::Serve)?;
    let stop = stop_signal().map_err(Failure::Serve)?;
    tracing::info!("listening on http://{address}/graphql");
    http::serve(listener, engine, settings.http(), stop).await;
    tracing::info!("stopped");
    Ok(())
}

/// Resolves when the process is asked to stop. From now on such a signal is noticed, awaited or not.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: finishing the requests under way");
    })
}

/// Resolves when the process is asked to stop.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        tracing::info!("stopping: finishing the requests under way");
    })
}

fn start_log(format: LogFormat) {
    // The migrator reports each start at length; that it failed would be an error of ours.
    let filter = EnvFilter::try_from_env("ANNALS_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sea_orm_migration=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
