//! The catalogue of metrics as a tree in which everything below a metric lies side by side.
//!
//! Built from what a statement of totals gives; nothing here may read anything.

use std::collections::HashMap;

use entity::enums::Additivity;

/// What the catalogue says of a metric.
pub(super) struct Metric {
    pub(super) id: i64,
    pub(super) parent: Option<i64>,
    /// Code of its additivity.
    pub(super) additivity: i64,
    /// Whether what is counted under one of its children is counted under no other.
    pub(super) is_exclusive: bool,
}

/// The metrics, each before those below it.
#[derive(Default)]
pub(super) struct Catalogue {
    places: HashMap<i64, MetricPlace>,
    nodes: Vec<Node>,
}

/// The place of a metric in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MetricPlace(u32);

struct Node {
    root: MetricPlace,
    /// The place behind the last metric below it.
    end: MetricPlace,
    additivity: i64,
    is_exclusive: bool,
    /// Whether it or a metric below it has exclusive children.
    has_exclusive: bool,
}

impl Catalogue {
    pub(super) fn new(metrics: &[Metric]) -> Catalogue {
        let mut children: HashMap<Option<i64>, Vec<&Metric>> = HashMap::new();
        for metric in metrics {
            children.entry(metric.parent).or_default().push(metric);
        }
        let mut catalogue = Catalogue::default();
        let mut open: Vec<MetricPlace> = Vec::new();
        let of = |parent| children.get(&parent).into_iter().flatten().copied();
        // A metric that was entered comes up again when all below it have been.
        let mut ahead: Vec<Option<&Metric>> = of(None).map(Some).collect();
        while let Some(next) = ahead.pop() {
            let here = MetricPlace(catalogue.nodes.len() as u32);
            let Some(metric) = next else {
                if let Some(ended) = open.pop() {
                    catalogue.close(ended, here, open.last().copied());
                }
                continue;
            };
            catalogue.places.insert(metric.id, here);
            catalogue.nodes.push(Node {
                root: open.first().copied().unwrap_or(here),
                end: here,
                additivity: metric.additivity,
                is_exclusive: metric.is_exclusive,
                has_exclusive: metric.is_exclusive,
            });
            open.push(here);
            ahead.push(None);
            ahead.extend(of(Some(metric.id)).map(Some));
        }
        catalogue
    }

    fn close(&mut self, ended: MetricPlace, end: MetricPlace, parent: Option<MetricPlace>) {
        self.nodes[ended.0 as usize].end = end;
        if let Some(parent) = parent {
            let has_exclusive = self.node(ended).has_exclusive;
            self.nodes[parent.0 as usize].has_exclusive |= has_exclusive;
        }
    }

    fn node(&self, place: MetricPlace) -> &Node {
        &self.nodes[place.0 as usize]
    }

    /// The place of the metric with this id.
    pub(super) fn place(&self, id: i64) -> Option<MetricPlace> {
        self.places.get(&id).copied()
    }

    /// The root above a metric, or itself.
    pub(super) fn root(&self, place: MetricPlace) -> MetricPlace {
        self.node(place).root
    }

    /// The place behind the last metric below this one.
    pub(super) fn end(&self, place: MetricPlace) -> MetricPlace {
        self.node(place).end
    }

    /// Whether a metric is so additive.
    pub(super) fn is(&self, place: MetricPlace, additivity: Additivity) -> bool {
        self.node(place).additivity == i64::from(additivity.code())
    }

    /// Whether what is counted under one child of a metric is counted under no other.
    pub(super) fn is_exclusive(&self, place: MetricPlace) -> bool {
        self.node(place).is_exclusive
    }

    /// Whether that holds of the metric or of one below it.
    pub(super) fn has_exclusive(&self, place: MetricPlace) -> bool {
        self.node(place).has_exclusive
    }

    /// The first metric below this one, if there is any.
    pub(super) fn first_below(&self, place: MetricPlace) -> MetricPlace {
        MetricPlace(place.0 + 1)
    }

    /// This metric or the one of those beside and behind it that the metric `below` is, or is under.
    pub(super) fn sibling_above(&self, from: MetricPlace, below: MetricPlace) -> MetricPlace {
        let mut sibling = from;
        while self.end(sibling) <= below {
            sibling = self.end(sibling);
        }
        sibling
    }
}
