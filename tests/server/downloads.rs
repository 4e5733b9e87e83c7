//! Reports as files and the catalog of them, from outside.

use std::{fs, io::Write as _, path::Path};

use serde_json::{Value, json};

use super::{
    http::{body_bytes, connect, get, graphql, response, send, write},
    process::{annals, run, server, url},
};

/// A header of a head.
fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Imports a package as somebody does who types it.
fn import(database: &Path, package: &str) {
    let url = url(database);
    let output = run(&mut annals(&["import", package, "--database-url", &url]));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

#[test]
fn a_report_is_served_as_the_package_that_export_writes() {
    let (server, folder) = server(&[]);
    let (head, zip) = body_bytes(
        server.address,
        "/data/ice-2007.zip",
        &["Accept-Encoding: gzip"],
    );
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(header(&head, "content-type"), Some("application/zip"));
    assert_eq!(header(&head, "content-encoding"), None);
    assert_eq!(
        header(&head, "content-disposition"),
        Some("attachment; filename=\"ice-2007.zip\"")
    );
    assert_eq!(
        header(&head, "cache-control"),
        Some("public, max-age=0, must-revalidate")
    );

    let database = url(&folder.path().join("annals.db"));
    let out = folder.path().join("out");
    let out = out.to_str().expect("temporary paths are text");
    run(&mut annals(&[
        "export",
        "--out",
        out,
        "--database-url",
        &database,
    ]));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&zip)).expect("it is a zip");
    assert_eq!(archive.len(), 9);
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).expect("the entry is there");
        let name = entry.name().expect("names are text").into_owned();
        let exported = Path::new(out).join("ice-fy2007").join(name);
        let mut content = Vec::new();
        std::io::copy(&mut entry, &mut content).expect("it is packed by deflate");
        assert!(
            content == fs::read(&exported).expect("it was exported"),
            "{exported:?}"
        );
    }

    let saved = folder.path().join("ice-2007.zip");
    fs::File::create(&saved)
        .and_then(|mut file| file.write_all(&zip))
        .expect("there is room");
    let checked = run(&mut annals(&["check", saved.to_str().expect("it is text")]));
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(
        said.ends_with("valid, 1 report, 27 initiatives, 55 results\n"),
        "{said}"
    );
}

#[test]
fn the_same_report_gives_the_same_bytes_whatever_server_sends_it() {
    let (one, _one) = server(&[]);
    let (other, _other) = server(&[]);
    let of = |address, name: &str| body_bytes(address, name, &[]).1;
    for ending in ["zip", "csv", "ndjson", "xml"] {
        let name = format!("/data/ice-2007.{ending}");
        let bytes = of(one.address, &name);
        assert!(!bytes.is_empty());
        assert!(bytes == of(other.address, &name), "{name}");
        assert!(bytes == of(one.address, &name.to_uppercase().replace("/DATA", "/data")));
    }
}

#[test]
fn tables_have_a_row_for_each_result() {
    let (server, _folder) = server(&[]);
    let csv = get(server.address, "/data/ice-2007.csv");
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(csv.body.lines().count(), 56);
    assert!(csv.body.starts_with("agency,agency_name,"));
    let ndjson = get(server.address, "/data/ice-2007.ndjson");
    let rows: Vec<Value> = ndjson
        .body
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(rows.len(), 55);
    assert_eq!(rows[0]["agency"], "ICE");
}

#[test]
fn what_is_not_there_is_told_in_plain_text() {
    let (server, _folder) = server(&[]);
    for path in [
        "/data/ice-1999.zip",
        "/data/fbi-2007.zip",
        "/data/ice-2007.exe",
        "/data/ice",
        "/data/%FF-2007.zip",
        "/catalog.jsonld?page=2",
        "/catalog.jsonld?page=x",
        "/catalog.jsonld?page=0",
    ] {
        let found = get(server.address, path);
        assert!(
            [400, 404].contains(&found.status),
            "{path}: {}",
            found.status
        );
        assert_eq!(found.header("etag"), None, "{path}");
        assert!(
            found
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("text/plain")),
            "{path}"
        );
    }
    let posted = send(
        server.address,
        "POST",
        "/data/ice-2007.zip",
        &["Content-Length: 0"],
    );
    assert_eq!(posted.status, 405);
}

#[test]
fn head_says_what_get_does_and_sends_nothing() {
    let (server, _folder) = server(&[]);
    for path in ["/data/ice-2007.zip", "/catalog.jsonld"] {
        let (head, body) = body_bytes(server.address, path, &[]);
        let answer = send(server.address, "HEAD", path, &[]);
        assert_eq!((answer.status, answer.body.as_str()), (200, ""));
        for name in ["content-type", "etag", "cache-control"] {
            assert_eq!(answer.header(name), header(&head, name), "{path}: {name}");
        }
        assert_eq!(
            answer.header("content-length"),
            Some(body.len().to_string().as_str())
        );
    }
}

#[test]
fn a_report_that_is_too_large_is_refused_with_its_size() {
    let (server, _folder) = server(&["--max-download", "81"]);
    let refused = get(server.address, "/data/ice-2007.zip");
    assert_eq!(refused.status, 403);
    assert_eq!(
        refused.body,
        "The report has 82 initiatives and results; those with more than 81 are not served as files. Page through them at /graphql, or ask whoever runs this server for an export.\n"
    );
    assert_eq!(refused.header("cache-control"), Some("no-store"));
}

/// The catalog, with an address that does not depend on the port.
fn catalog(address: std::net::SocketAddr) -> Value {
    let found = get(address, "/catalog.jsonld");
    assert_eq!(found.status, 200, "{}", found.body);
    assert_eq!(found.header("content-type"), Some("application/ld+json"));
    found.json()
}

#[test]
fn the_catalog_leads_to_every_file_of_every_report() {
    let (server, folder) = server(&[]);
    import(&folder.path().join("annals.db"), "examples/ice-fy2008");
    let catalog = catalog(server.address);
    let datasets = catalog["dcat:dataset"].as_array().expect("a list");
    assert_eq!(datasets.len(), 2);
    let (root, _) = catalog["@id"]
        .as_str()
        .and_then(|id| id.split_once("/catalog.jsonld"))
        .expect("it has its own address");
    let mut followed = 0;
    for dataset in datasets {
        for distribution in dataset["dcat:distribution"].as_array().expect("a list") {
            let Some(link) = distribution["dcat:downloadURL"].as_str() else {
                continue;
            };
            let path = link.strip_prefix(root).expect("it is of this server");
            let (head, _) = body_bytes(server.address, path, &[]);
            let kind = header(&head, "content-type").expect("it has a type");
            let kind = kind.split(';').next().expect("a type");
            assert!(head.starts_with("HTTP/1.1 200"), "{head}");
            match distribution["dcat:mediaType"].as_str() {
                Some(said) => assert!(said.ends_with(kind), "{said} {kind}"),
                None => assert_eq!(kind, "application/x-ndjson"),
            }
            followed += 1;
        }
    }
    assert!(followed == 8);
    let service = &catalog["dcat:service"];
    assert_eq!(service["dcat:endpointURL"], format!("{root}/graphql"));
    assert_eq!(
        service["dcat:endpointDescription"],
        format!("{root}/schema.graphql")
    );
    assert_eq!(
        service["dcat:servesDataset"],
        json!([datasets[0]["@id"], datasets[1]["@id"]])
    );
}

#[test]
fn the_catalog_describes_a_report_in_dcat() {
    let (server, _folder) = server(&["--public-url", "https://data.example.org/"]);
    let mut found = catalog(server.address);
    let moment = |value: &mut Value| {
        let text = value.as_str().expect("a moment").to_owned();
        assert!(text.ends_with('Z') && text.len() == 20, "{text}");
        *value = "(when it was imported)".into();
    };
    moment(&mut found["dcterms:modified"]);
    let dataset = &mut found["dcat:dataset"][0];
    moment(&mut dataset["dcterms:issued"]);
    moment(&mut dataset["dcterms:modified"]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&found).expect("it is JSON"));
}

#[test]
fn links_begin_with_the_host_that_was_asked_and_are_relative_where_there_is_none() {
    let (server, _folder) = server(&[]);
    let id = |head: &str| {
        let mut stream = connect(server.address);
        write(&mut stream, &format!("GET {head}\r\n\r\n"));
        response(stream).json()["@id"].clone()
    };
    for (head, expected) in [
        (
            "/catalog.jsonld HTTP/1.1\r\nConnection: close\r\nHost: data.example.org:81",
            "http://data.example.org:81/catalog.jsonld",
        ),
        (
            "https://example.org/catalog.jsonld HTTP/1.1\r\nConnection: close\r\nHost: example.org",
            "https://example.org/catalog.jsonld",
        ),
        ("/catalog.jsonld HTTP/1.0", "/catalog.jsonld"),
    ] {
        assert_eq!(id(head), expected, "{head}");
    }
}

#[test]
fn without_introspection_the_catalog_names_no_schema() {
    let (server, _folder) = server(&["--no-introspection"]);
    let service = &catalog(server.address)["dcat:service"];
    assert_eq!(service["dcat:endpointDescription"], Value::Null);
}

#[test]
fn an_import_of_another_process_shows_at_once_in_caches_and_files() {
    let (server, folder) = server(&["--cache-max-age", "0"]);
    let query = "/graphql?query=%7Breports%7BtotalCount%7D%7D";
    let paths = [query, "/catalog.jsonld", "/data/ice-2008.zip"];
    let tags: Vec<String> = paths
        .iter()
        .map(|path| {
            // Asked twice, so that what can be kept is.
            get(server.address, path);
            let found = get(server.address, path);
            found.header("etag").unwrap_or("\"none\"").to_owned()
        })
        .collect();
    let ask = |place: usize| {
        let known = format!("If-None-Match: {}", tags[place]);
        send(server.address, "GET", paths[place], &[&known])
    };
    assert_eq!(
        [ask(0).status, ask(1).status, ask(2).status],
        [304, 304, 404]
    );

    import(&folder.path().join("annals.db"), "examples/ice-fy2008");
    // The import has ended: the first request from now on is answered from the new data.
    let (answer, listed, (head, _)) = (ask(0), ask(1), body_bytes(server.address, paths[2], &[]));
    assert_eq!(answer.json()["data"]["reports"]["totalCount"], 2);
    assert_eq!(
        listed.json()["dcat:dataset"].as_array().map(Vec::len),
        Some(2)
    );
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let posted = graphql(server.address, &json!({ "query": "{reports{totalCount}}" }));
    assert_eq!(posted.json()["data"]["reports"]["totalCount"], 2);
}
