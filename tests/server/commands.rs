//! What the command line prints.

use super::process::{annals, run};

#[test]
fn schema_prints_the_schema() {
    let output = run(&mut annals(&["schema"]));
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        annals::schema::sdl(annals::limits::PageLimits::default())
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn an_unknown_flag_is_named_and_is_a_mistake_of_the_caller() {
    for command in [["serve", "--colour"], ["--colour", "red"]] {
        let output = run(&mut annals(&command));
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        assert!(String::from_utf8_lossy(&output.stderr).contains("--colour"));
    }
}

#[test]
fn help_shows_every_command_and_flag() {
    let all = run(&mut annals(&["--help"]));
    let serve = run(&mut annals(&["serve", "--help"]));
    let text = |stdout: &[u8]| String::from_utf8_lossy(stdout).into_owned();
    for command in [
        "serve", "check", "init", "import", "export", "remove", "schema",
    ] {
        assert!(text(&all.stdout).contains(command), "{command}");
    }
    for flag in [
        "--listen",
        "--database-url",
        "--largest-page-size",
        "ANNALS_LISTEN",
    ] {
        assert!(text(&serve.stdout).contains(flag), "{flag}");
    }
}
