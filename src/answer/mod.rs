//! Writes what was loaded through the plan into JSON. No I/O, and no choice left to make: what cannot be written was
//! refused in planning. Only two things end it: the answer becomes too long, or nobody waits for it any more. `table` makes
//! rows of a written answer, where a client wants CSV or JSON lines.

mod connection;
mod halt;
mod in_words;
mod json;
mod object;
mod search;
mod series;
mod table;

use async_graphql::{Value, indexmap::IndexMap};

use crate::{
    error::Internal,
    limits::Bound,
    load::{Cancellation, Loaded, LoadedFetch},
    plan::{Plan, RootOutput, RowOutput},
};
use halt::Written;
use object::{Frame, Writer};

pub use table::{Format, write_table};

/// The values of `__schema` and `__type`, by response key.
pub type Introspection = IndexMap<async_graphql::Name, Value>;

/// How far an answer may be written.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The most bytes that it may have.
    pub answer: Bound,
    /// Stops it before it is whole.
    pub cancellation: Cancellation,
}

/// The body of the response: the value of `data`, and `extensions` if there are any.
///
/// # Errors
/// [`Internal::Refused`] where it would have more bytes than it may, with the path of what was being written;
/// [`Internal::Stopped`] where its time was over.
pub fn write(
    plan: &Plan,
    loaded: &[Loaded],
    introspection: &Introspection,
    extensions: Option<&serde_json::Value>,
    limit: Limit,
) -> Result<String, Internal> {
    let Limit {
        answer,
        cancellation,
    } = limit;
    let size = loaded.iter().map(size).sum();
    let mut writer = Writer::new(size, answer.bytes(), cancellation);
    body(&mut writer, plan, loaded, introspection, extensions)
        .and_then(|()| writer.finish())
        .map_err(|halted| halted.into_internal(answer))
}

fn body(
    writer: &mut Writer,
    plan: &Plan,
    loaded: &[Loaded],
    introspection: &Introspection,
    extensions: Option<&serde_json::Value>,
) -> Written {
    writer.out.push_str("{\"data\":");
    writer.fields(&plan.roots, |writer, (key, output)| match output {
        RootOutput::Typename => writer.string("Query"),
        RootOutput::Introspection => match introspection.get(key.name()) {
            Some(value) => writer.value(value),
            None => writer.null(),
        },
        RootOutput::Null => writer.null(),
        RootOutput::Row(output) => row(writer, loaded, output),
        RootOutput::Rows(outputs) => writer.list(outputs, |writer, output| match output {
            Some(output) => row(writer, loaded, output),
            None => writer.null(),
        }),
        RootOutput::Collection(place, fields) => match &loaded[*place] {
            Loaded::Collection(collection) => writer.connection(fields, collection, 0, None),
            Loaded::Lookup(..) | Loaded::Search(_) => writer.null(),
        },
        RootOutput::Search(place, fields) => match &loaded[*place] {
            Loaded::Search(found) => writer.search(fields, found),
            Loaded::Lookup(..) | Loaded::Collection(_) => writer.null(),
        },
    })?;
    if let Some(extensions) = extensions {
        writer.out.push_str(",\"extensions\":");
        writer.value(extensions)?;
    }
    writer.out.push('}');
    Ok(())
}

fn row(writer: &mut Writer, loaded: &[Loaded], output: &RowOutput) -> Written {
    if let Loaded::Lookup(fetch, places) = &loaded[output.load]
        && let Some(row) = places.get(&output.natural_key)
    {
        let frame = Frame {
            fetch,
            row: *row,
            parent: None,
        };
        writer.object(&output.object, &frame)
    } else {
        writer.null()
    }
}

/// Roughly how many bytes a thing takes when written, so that the answer is allocated once.
fn size(loaded: &Loaded) -> usize {
    fn fetch(loaded: &LoadedFetch) -> usize {
        let to_ones = loaded
            .to_ones
            .iter()
            .map(|to_one| fetch(&to_one.fetch) + 32 * to_one.links.len());
        let collections = loaded
            .collections
            .iter()
            .filter_map(|collection| collection.page.as_ref())
            .map(|page| fetch(&page.fetch) + 64 * page.slices.len());
        loaded.rows.written_size() + to_ones.sum::<usize>() + collections.sum::<usize>()
    }
    match loaded {
        Loaded::Lookup(rows, _) => fetch(rows),
        Loaded::Search(found) => found.hits.as_ref().map_or(256, |hits| {
            let objects = hits.objects.iter().flatten().map(fetch);
            objects.sum::<usize>() + 512 * (hits.slice.end - hits.slice.start)
        }),
        Loaded::Collection(collection) => collection
            .page
            .as_ref()
            .map_or(256, |page| fetch(&page.fetch)),
    }
}
