//! Runs a command. Every failure becomes one line for the operator and an exit code.

use std::{io::Write, process::ExitCode, sync::Arc};

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
    #[error("stopped serving: {0}")]
    Serve(std::io::Error),
    #[error("cannot write the schema: {0}")]
    Output(std::io::Error),
    #[error("cannot start the runtime: {0}")]
    Runtime(std::io::Error),
}

/// Carries a command out.
pub fn run(command: Command) -> ExitCode {
    let done = match command {
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

async fn serve(settings: Serve) -> Result<(), Failure> {
    let address = settings.listen;
    // The address is taken first: a database need not be made for a server that cannot listen.
    let listener = TcpListener::bind(address)
        .await
        .map_err(|cause| Failure::Listen { address, cause })?;
    let store = Store::open(&settings.database_url()).await?;
    let engine = Arc::new(Engine::new(store.readers().clone(), settings.engine())?);
    let address = listener.local_addr().map_err(Failure::Serve)?;
    tracing::info!("listening on http://{address}/graphql");
    http::serve(listener, engine, stop_signal())
        .await
        .map_err(Failure::Serve)?;
    tracing::info!("stopped");
    Ok(())
}

/// Resolves when the process is asked to stop.
async fn stop_signal() {
    let interrupt = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    tracing::info!("stopping: finishing the requests under way");
}

fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_env("ANNALS_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
