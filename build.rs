//! Builds the site and the explorer in `web/`, for the binary to embed. Writes into the folder that cargo gives it, and
//! beside the sources into `web/node_modules` alone. A machine that cannot build them gets a binary without them: this
//! must never fail the build, unless `ANNALS_WEB=require` asks for it.

use std::{
    env,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// What `web/` is built from. Its tests in the browser are not among it, and neither is what npm puts there.
const SOURCES: [&str; 12] = [
    "build.rs",
    "schema.graphql",
    "web/.npmrc",
    "web/build",
    "web/index.html",
    "web/package-lock.json",
    "web/package.json",
    "web/playground",
    "web/playground.html",
    "web/src",
    "web/tsconfig.json",
    "web/vite.config.ts",
];

/// What helps in most cases.
const CURE: &str = "install Node 20.19 or later with npm";

/// How much of what npm says is passed on, in lines.
const PASSED_ON: usize = 20;

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

fn main() -> ExitCode {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    println!("cargo::rerun-if-env-changed=ANNALS_WEB");
    let pages = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("web");
    let wish = env::var("ANNALS_WEB").unwrap_or_default();
    let built = match wish.as_str() {
        "skip" => Err("it was built with ANNALS_WEB=skip".to_owned()),
        _ => build(Path::new("web"), &pages),
    };
    let Err(reason) = built else {
        return ExitCode::SUCCESS;
    };
    if wish == "require" {
        report("error", &reason);
        report(
            "error",
            &format!("ANNALS_WEB=require asks for the site and the explorer; {CURE}"),
        );
        return ExitCode::FAILURE;
    }
    if wish != "skip" {
        report("warning", &reason);
        report(
            "warning",
            &format!(
                "annals is built without its site and explorer; the API has all that it needs. To get them, {CURE} and \
                 build with ANNALS_WEB=require. ANNALS_WEB=skip silences this."
            ),
        );
    }
    let first = reason.lines().next().unwrap_or_default();
    match leave_out(&pages, first) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            report(
                "error",
                &format!("cannot write to {}: {cause}", pages.display()),
            );
            ExitCode::FAILURE
        }
    }
}

/// Builds `web` into `pages`; an error says in its first line why it could not.
fn build(web: &Path, pages: &Path) -> Result<(), String> {
    // Two builds at once, such as an editor's and one's own, must not install at the same time.
    let lock = web.join("package-lock.json");
    let lock_file =
        File::open(&lock).map_err(|cause| format!("cannot read {}: {cause}", lock.display()))?;
    lock_file
        .lock()
        .map_err(|cause| format!("cannot lock {}: {cause}", lock.display()))?;
    if !is_newer(&web.join("node_modules/.package-lock.json"), &lock) {
        npm(
            web,
            &["ci", "--include=dev", "--no-audit", "--no-fund"],
            "install the packages of web/",
        )?;
    }
    let pages = pages.to_string_lossy();
    npm(
        web,
        &["run", "build", "--", "--emptyOutDir", "--outDir", &pages],
        "build web/",
    )
}

fn npm(web: &Path, arguments: &[&str], purpose: &str) -> Result<(), String> {
    let output = Command::new(NPM)
        .args(arguments)
        .current_dir(web)
        .output()
        .map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => "npm was not found".to_owned(),
            _ => format!("npm could not be started: {cause}"),
        })?;
    if output.status.success() {
        return Ok(());
    }
    let said =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    let lines: Vec<&str> = said.iter().flat_map(|text| text.lines()).collect();
    let last = &lines[lines.len().saturating_sub(PASSED_ON)..];
    Err(format!("npm could not {purpose}\n{}", last.join("\n")))
}

/// Whether a file is there and was written after another.
fn is_newer(file: &Path, other: &Path) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|found| found.modified());
    matches!((written(file), written(other)), (Ok(file), Ok(other)) if file >= other)
}

/// Leaves nothing to embed but the reason.
fn leave_out(pages: &Path, reason: &str) -> io::Result<()> {
    if pages.exists() {
        fs::remove_dir_all(pages)?;
    }
    fs::create_dir_all(pages)?;
    fs::write(pages.join("missing.txt"), reason)
}

/// Tells cargo, which takes a line at a time.
fn report(level: &str, text: &str) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        println!("cargo::{level}={line}");
    }
}
