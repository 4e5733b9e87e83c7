//! What may be in which element, in which order, as the schema of the standard says
//! (`PerformancePlanOrReport`, version 2.2.8), and which of it has a place in a package.

/// How often an element may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    Once,
    Often,
}

/// Where the content of an element goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goes {
    /// Into the package.
    In,
    /// Nowhere: it is listed, each time.
    Nowhere,
    /// Nowhere: it only names or numbers the element, and one notice stands for all. In an element
    /// that annals wrote it is made from what is in the package.
    Name,
}

/// An element inside another one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child {
    pub(super) name: &'static str,
    pub(super) times: Times,
    pub(super) goes: Goes,
}

const fn once(name: &'static str, goes: Goes) -> Child {
    let times = Times::Once;
    Child { name, times, goes }
}

const fn often(name: &'static str, goes: Goes) -> Child {
    let times = Times::Often;
    Child { name, times, goes }
}

/// The elements inside an element, in order. Empty for those that hold text, and for those that
/// nothing is taken from.
pub(super) fn children(element: &str) -> &'static [Child] {
    use Goes::{In, Name, Nowhere};
    match element {
        "PerformancePlanOrReport" | "StrategicPlan" => {
            const {
                &[
                    once("Name", In),
                    once("Description", In),
                    once("OtherInformation", In),
                    once("StrategicPlanCore", In),
                    once("AdministrativeInformation", In),
                    once("Submitter", Nowhere),
                ]
            }
        }
        "StrategicPlanCore" => {
            const {
                &[
                    often("Organization", In),
                    once("Vision", Nowhere),
                    once("Mission", Nowhere),
                    often("Value", Nowhere),
                    often("Goal", In),
                ]
            }
        }
        "Organization" => {
            const {
                &[
                    once("Name", In),
                    once("Acronym", In),
                    once("Identifier", Name),
                    once("Description", Nowhere),
                    often("Stakeholder", Nowhere),
                ]
            }
        }
        "Goal" => {
            const {
                &[
                    once("Name", In),
                    once("Description", Nowhere),
                    once("Identifier", Name),
                    once("SequenceIndicator", In),
                    often("Stakeholder", Nowhere),
                    once("OtherInformation", In),
                    often("Objective", In),
                ]
            }
        }
        "Objective" => {
            const {
                &[
                    once("Name", In),
                    once("Description", In),
                    once("Identifier", Name),
                    once("SequenceIndicator", In),
                    often("Stakeholder", Nowhere),
                    once("OtherInformation", In),
                    often("PerformanceIndicator", In),
                ]
            }
        }
        "PerformanceIndicator" => {
            const {
                &[
                    once("SequenceIndicator", Name),
                    once("MeasurementDimension", In),
                    once("UnitOfMeasurement", In),
                    once("Identifier", Name),
                    often("Relationship", Name),
                    often("MeasurementInstance", In),
                    once("OtherInformation", In),
                ]
            }
        }
        "MeasurementInstance" => {
            const {
                &[
                    once("Place", Nowhere),
                    often("TargetResult", In),
                    often("ActualResult", In),
                ]
            }
        }
        "TargetResult" | "ActualResult" => {
            const {
                &[
                    once("StartDate", In),
                    once("EndDate", In),
                    once("NumberOfUnits", In),
                    once("Descriptor", In),
                    once("Description", In),
                ]
            }
        }
        "Descriptor" => const { &[once("DescriptorName", In), once("DescriptorValue", In)] },
        "Relationship" => {
            const {
                &[
                    once("Identifier", Name),
                    often("ReferentIdentifier", Name),
                    once("Name", Name),
                    once("Description", Name),
                ]
            }
        }
        "AdministrativeInformation" => {
            const {
                &[
                    once("Identifier", Name),
                    once("StartDate", In),
                    once("EndDate", In),
                    once("PublicationDate", In),
                    once("Source", In),
                ]
            }
        }
        _ => &[],
    }
}
