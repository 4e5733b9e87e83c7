//! Writes what a search found.

use super::{
    halt::Written,
    object::{Frame, Writer},
};
use crate::{
    load::{LoadedHits, LoadedSearch},
    plan::{
        Object, OfEachKind, Output, ResponseKey, SearchEdgeOutput, SearchOutput, SnippetOutput,
    },
    schema::search::{SEARCH_CONNECTION, SEARCH_EDGE, SNIPPET_PART},
};

impl Writer {
    /// The connection.
    pub(super) fn search(
        &mut self,
        fields: &[(ResponseKey, SearchOutput)],
        found: &LoadedSearch,
    ) -> Written {
        self.fields(fields, |writer, (_, output)| match (output, &found.hits) {
            (SearchOutput::Typename, _) => writer.string(SEARCH_CONNECTION),
            (SearchOutput::Nodes(objects), Some(hits)) => writer
                .list(hits.slice.start..hits.slice.end, |writer, hit| {
                    writer.hit_object(objects, hits, hit)
                }),
            (SearchOutput::Edges(fields), Some(hits)) => writer
                .list(hits.slice.start..hits.slice.end, |writer, hit| {
                    writer.search_edge(fields, hits, hit)
                }),
            (SearchOutput::PageInfo(fields), hits) => {
                let slice = hits.as_ref().map(|hits| hits.slice);
                writer.page_info(fields, slice, |place| {
                    hits.as_ref()
                        .map_or_else(String::new, |hits| hits.cursor(place))
                })
            }
            (SearchOutput::TotalCount, _) => match found.count {
                Some(count) => writer.int(count),
                None => writer.null(),
            },
            _ => writer.null(),
        })
    }

    fn search_edge(
        &mut self,
        fields: &[(ResponseKey, SearchEdgeOutput)],
        hits: &LoadedHits,
        hit: usize,
    ) -> Written {
        self.fields(fields, |writer, (_, output)| match output {
            SearchEdgeOutput::Typename => writer.string(SEARCH_EDGE),
            SearchEdgeOutput::Cursor => writer.string(&hits.cursor(hit)),
            SearchEdgeOutput::Node(objects) => writer.hit_object(objects, hits, hit),
            SearchEdgeOutput::Score => writer.float(hits.score(hit)),
            SearchEdgeOutput::Snippet(fields) => {
                writer.list(hits.snippet(hit), |writer, (text, is_hit)| {
                    writer.fields(fields, |writer, (_, output)| match output {
                        SnippetOutput::Typename => writer.string(SNIPPET_PART),
                        SnippetOutput::Text => writer.string(text),
                        SnippetOutput::IsHit => writer.boolean(is_hit),
                    })
                })
            }
        })
    }

    fn hit_object(
        &mut self,
        objects: &OfEachKind<Object>,
        hits: &LoadedHits,
        hit: usize,
    ) -> Written {
        let (kind, row) = hits.place(hit);
        match &hits.objects[kind] {
            Some(fetch) => {
                let frame = Frame {
                    fetch,
                    row,
                    parent: None,
                };
                self.object(&objects[kind], &frame)
            }
            // Nothing was read, so only type names are asked for.
            None => self.fields(&objects[kind].fields, |writer, (_, output)| match output {
                Output::Typename(name) => writer.string(name),
                _ => writer.null(),
            }),
        }
    }
}
