# The commands of everyday work; `just` alone lists them.
_default:
    @just --list

# Start the server on the built-in report
serve *args:
    cargo run --release -- serve {{ args }}

# Run all tests
test *args:
    cargo test --workspace {{ args }}

# Run the case files and take what comes out as their snapshots; read the difference before committing it
accept:
    INSTA_UPDATE=always cargo test --test cases

# Check format, lints and documentation
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items

# Write schema.graphql anew from the declarations
schema:
    cargo run --quiet -- schema > schema.graphql

# Hold the server against the audit suite of GraphQL over HTTP
audit:
    .ci/audit

# Compare 500 generated queries with the reference server
judge *args:
    .ci/judge {{ args }}

# Compare the validation of documents and variables with graphql-js
validate *args:
    .ci/validate {{ args }}

# Have frictionless and annals check all data packages
packages:
    .ci/packages

# Have GraphQL Code Generator read the schema of a running server
codegen *args:
    .ci/codegen {{ args }}

# Run each fuzzer for 20 seconds, or as many as are given
fuzz *args:
    .ci/fuzz {{ args }}

# Work on the site and the explorer with hot reload; what they show comes from a server that runs (`just serve`), or from that of ANNALS_SERVER
web:
    cd web && npm ci && npm run dev

# Try the site and the explorer in Chromium
web-test:
    .ci/site

# Take the pictures of the README anew
pictures:
    ANNALS_PICTURES=1 .ci/site

# Measure four requests beside a hand-written handler, on a million results
bench:
    cargo bench --bench requests

# Measure an import of a million results
bench-import:
    cargo bench --bench import

# Everything that must hold before a change lands
ci:
    .ci/run
