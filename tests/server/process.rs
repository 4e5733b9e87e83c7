//! Processes of the binary.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use super::http::{PATIENCE, try_connect};

/// The binary with these arguments, without any setting of the environment that the tests run in.
pub(super) fn annals(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// Runs a command that ends by itself.
pub(super) fn run(command: &mut Command) -> Output {
    command.output().expect("the binary starts")
}

/// The URL of a database file.
pub(super) fn url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// A server with a new database in a folder of its own.
pub(super) fn server(arguments: &[&str]) -> (Server, TempDir) {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let server = Server::start(&folder.path().join("annals.db"), arguments);
    (server, folder)
}

/// A server that is listening. It is killed when this is dropped.
pub(super) struct Server {
    child: Child,
    /// Gathers what it logs once it is listening: a server whose log nobody takes in would wait in the end.
    log: Option<JoinHandle<String>>,
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// What it has logged until it was listening.
    pub(super) started: Vec<Value>,
}

impl Server {
    /// Starts a server on a free port, with the database at `path` and some more arguments.
    pub(super) fn start(path: &Path, arguments: &[&str]) -> Server {
        let url = url(path);
        let mut all = vec!["serve", "--listen", "127.0.0.1:0", "--database-url", &url];
        all.extend(arguments);
        Server::listening(&mut annals(&all))
    }

    /// Starts this command and waits until it says that it is listening.
    pub(super) fn listening(command: &mut Command) -> Server {
        command
            .args(["--log-format", "json"])
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("stderr is piped"));
        let mut server = Server {
            child,
            log: None,
            address: SocketAddr::from(([0; 4], 0)),
            started: Vec::new(),
        };
        server.address = server.read_start(&mut stderr);
        server.log = Some(thread::spawn(move || {
            let mut rest = String::new();
            stderr.read_to_string(&mut rest).expect("the log is text");
            rest
        }));
        server
    }

    /// Starts a server that logs to `log`, and waits until it accepts connections.
    pub(super) fn logging_to(path: &Path, arguments: &[&str], log: impl Into<Stdio>) -> Server {
        let free = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = free.local_addr().expect("it has an address");
        drop(free);
        let (listen, url) = (address.to_string(), url(path));
        let mut command = annals(&["serve", "--listen", &listen, "--database-url", &url]);
        let child = command.args(arguments).stderr(log).spawn();
        let mut server = Server {
            child: child.expect("the binary starts"),
            log: None,
            address,
            started: Vec::new(),
        };
        let patience = Instant::now() + PATIENCE;
        while try_connect(address).is_err() {
            let ended = server.child.try_wait().expect("it can be waited for");
            assert!(ended.is_none() && Instant::now() < patience, "{ended:?}");
            thread::sleep(Duration::from_millis(10));
        }
        server
    }

    /// Reads the log up to where it says where the server listens.
    fn read_start(&mut self, stderr: &mut BufReader<ChildStderr>) -> SocketAddr {
        loop {
            let mut line = String::new();
            let length = stderr.read_line(&mut line).expect("the log is text");
            assert!(
                length > 0,
                "the server ended before it listened: {:?}",
                self.started
            );
            let entry = serde_json::from_str(&line)
                .unwrap_or_else(|_| panic!("not a line of the log: {line}"));
            let address = address(&entry);
            self.started.push(entry);
            if let Some(address) = address {
                return address;
            }
        }
    }

    /// How many files and connections it has open at the moment.
    pub(super) fn open_files(&self) -> usize {
        let open = fs::read_dir(format!("/proc/{}/fd", self.child.id()));
        open.expect("the server is running").count()
    }

    /// The memory that it takes at the moment, in KiB.
    pub(super) fn resident(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// The most memory that it has taken since the last [`forget_peak`](Self::forget_peak), in KiB.
    pub(super) fn peak(&self) -> u64 {
        self.memory("VmHWM:")
    }

    /// Begins to measure the most memory that it takes anew.
    pub(super) fn forget_peak(&self) {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        fs::write(path, "5").expect("the server is a process of ours");
    }

    fn memory(&self, kind: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .expect("the server is running");
        let line = status.lines().find_map(|line| line.strip_prefix(kind));
        let size = line.and_then(|size| size.trim().strip_suffix(" kB"));
        size.and_then(|size| size.parse().ok())
            .expect("its size is known")
    }

    /// Asks the server to stop, as a supervisor does.
    pub(super) fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends the server a signal.
    pub(super) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status();
        assert!(sent.expect("kill can be run").success());
    }

    /// Waits for its end, and gives what it has logged since it listened.
    pub(super) fn ended(self) -> (ExitStatus, Vec<Value>) {
        let (status, log) = self.ended_with_log();
        let entries = log
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"));
        (status, entries.collect())
    }

    /// Waits until it exits, and returns its log since it was listening, as text.
    pub(super) fn ended_with_log(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().expect("the server ends");
        let log = self.log.take().expect("it has been listening");
        (status, log.join().expect("the log is text"))
    }

    /// Waits until it exits, with a timeout.
    pub(super) fn ended_soon(mut self) -> ExitStatus {
        let patience = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return status;
            }
            assert!(Instant::now() < patience, "it does not end");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is just as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address in the entry that says where the server listens.
fn address(entry: &Value) -> Option<SocketAddr> {
    let message = entry["fields"]["message"].as_str()?;
    let address = message
        .strip_prefix("listening on http://")?
        .strip_suffix("/graphql")?;
    address.parse().ok()
}
