//! What is said about rows that do not go together.

use super::each;

#[test]
fn keys_and_positions_are_there_once() {
    each(
        "divisions.csv",
        &[
            (
                "AB,SEA,Seas,2",
                "ab,riv,Seas,2",
                "divisions.csv:3: \"ab riv\" is there already, on line 2; \
                 keys compare without regard to case",
            ),
            (
                "Seas,2",
                "Seas,1",
                "divisions.csv:3: position: 1 is taken in \"ab\", on line 2; \
                 number the rows 1, 2, 3, …",
            ),
        ],
    );
    each(
        "results.csv",
        &[
            (
                "Checks,ferries",
                "Checks,ALL",
                "results.csv:3: \"ab 2020 checks all\" is there already, on line 2; \
                 keys compare without regard to case",
            ),
            (
                "ferries,2",
                "ferries,1",
                "results.csv:3: position: 1 is taken in \"ab 2020\", on line 2; \
                 number the rows 1, 2, 3, …",
            ),
        ],
    );
}

/// Of many results only those are kept that something may be wrong with; the lines are those of the file.
#[test]
fn what_is_wrong_with_some_results_is_found_among_others() {
    let more = |rows: &[&str]| {
        let row = |row: &&str| row.replace("..", "More,boats,1,EXACT,2020,PERIOD,,false,,,");
        let rows: Vec<String> = rows.iter().map(row).collect();
        format!("About half.\n{}\n", rows.join("\n"))
    };
    for (rows, message) in [
        (
            [
                "AB,2020,checks,b,3,..",
                "AB,2020,checks,all,4,..",
                "AB,2020,checks,c,5,..",
                "AB,2020,checks,ALL,6,..",
            ],
            "results.csv:5: \"ab 2020 checks all\" is there already, on line 2; \
             keys compare without regard to case\n\
             results.csv:7: \"ab 2020 checks all\" is there already, on line 2; \
             keys compare without regard to case",
        ),
        (
            [
                "AB,2020,checks,b,3,..",
                "AB,2020,checks,c,4,..",
                "AB,2020,checks,d,4,..",
                "AB,2020,other,d,4,..",
            ],
            "results.csv:6: position: 4 is taken in \"ab 2020\", on line 5; \
             number the rows 1, 2, 3, …\n\
             results.csv:7: position: 4 is taken in \"ab 2020\", on line 5; \
             number the rows 1, 2, 3, …\n\
             results.csv:7: initiative: \"ab 2020 other\" is not in initiatives.csv; \
             add it there or correct it here",
        ),
        (
            [
                "AB,2020,checks,b,3,..",
                "AB,2020,checks,c,4,More,boats,21,EXACT,2020,PERIOD,,false,checks,b,",
                "AB,2020,checks,d,5,More,boats,1,EXACT,2020,PERIOD,,false,checks,none,",
                "AB,2020,checks,e,6,..",
            ],
            "results.csv:6: part_of_key: \"ab 2020 checks none\" is not in results.csv; \
             add it there or correct it here\n\
             results.csv:5: value: 21 is more than the whole on line 4, 1; \
             correct one of them or take part_of out",
        ),
    ] {
        each("results.csv", &[("About half.\n", &more(&rows), message)]);
    }
}

#[test]
fn references_lead_to_a_row() {
    each(
        "reports.csv",
        &[(
            "AB,2020",
            "AC,2020",
            "reports.csv:2: agency: \"ac\" is not in agencies.csv; add it there or correct it here\n\
             goals.csv:2: fiscal_year: \"ab 2020\" is not in reports.csv; \
             add it there or correct it here\n\
             initiatives.csv:2: fiscal_year: \"ab 2020\" is not in reports.csv; \
             add it there or correct it here",
        )],
    );
    each(
        "divisions.csv",
        &[
            (
                "AB,SEA",
                "AC,SEA",
                "divisions.csv:3: agency: \"ac\" is not in agencies.csv; \
                 add it there or correct it here",
            ),
            (
                "RIV",
                "LAK",
                "initiatives.csv:2: division: \"ab riv\" is not in divisions.csv; \
                 add it there or correct it here",
            ),
        ],
    );
    each(
        "goals.csv",
        &[(
            "safe",
            "fast",
            "initiatives.csv:2: goal: \"ab 2020 safe\" is not in goals.csv; \
             add it there or correct it here",
        )],
    );
    each(
        "metrics.csv",
        &[
            (
                "Boats,,boat",
                "Boats,,ship",
                "metrics.csv:2: unit: \"ship\" is not in units.csv; \
                 add it there or correct it here\n\
                 results.csv:3: metric: counts \"boat\" and the whole on line 2 \"ship\"; \
                 a part has the unit of its whole",
            ),
            (
                "ADDITIVE,boats",
                "ADDITIVE,vessels",
                "metrics.csv:3: parent: \"vessels\" is not in metrics.csv; \
                 add it there or correct it here",
            ),
        ],
    );
    each(
        "results.csv",
        &[
            (
                "AB,2020,checks",
                "AB,2021,checks",
                "results.csv:2: initiative: \"ab 2021 checks\" is not in initiatives.csv; \
                 add it there or correct it here\n\
                 results.csv:3: part_of_key: \"ab 2020 checks all\" is not in results.csv; \
                 add it there or correct it here",
            ),
            (
                ",ferries,20.5",
                ",barges,20.5",
                "results.csv:3: metric: \"barges\" is not in metrics.csv; \
                 add it there or correct it here",
            ),
        ],
    );
}

/// One bad cell is one problem: what it was meant to say is not guessed at.
#[test]
fn a_bad_cell_makes_no_further_problems_in_its_row() {
    each(
        "results.csv",
        &[
            (
                "ab,2020,Checks",
                ",2020,Checks",
                "results.csv:3: agency: is missing; fill it in",
            ),
            (
                "ab,2020,Checks",
                "ab,FY20,Checks",
                "results.csv:3: report_fiscal_year: \"FY20\" is not a whole number \
                 from 1789 to 9998; write digits only",
            ),
            (
                "PERIOD,2020-06",
                "YEAR,2020-06",
                "results.csv:3: scope: \"YEAR\" is not one of PERIOD, CUMULATIVE, POINT_IN_TIME; \
                 write one of them",
            ),
        ],
    );
}

#[test]
fn metrics_form_trees() {
    each(
        "metrics.csv",
        &[
            (
                "Boats,,boat,ADDITIVE,",
                "Boats,,boat,ADDITIVE,Ferries",
                "metrics.csv:2: parent: leads back to the row itself \
                 (boats > ferries > boats); break the circle",
            ),
            (
                "USD,ADDITIVE,",
                "USD,ADDITIVE,fines",
                "metrics.csv:4: parent: leads back to the row itself \
                 (fines > fines); break the circle",
            ),
            // Another unit than the parent's is allowed: totals are per unit anyway.
            ("USD,ADDITIVE,", "USD,ADDITIVE,boats", ""),
        ],
    );
}

#[test]
fn parts_fit_into_their_wholes() {
    each(
        "results.csv",
        &[
            (
                ",ferries,20.5",
                ",fines,20.5",
                "results.csv:3: metric: counts \"usd\" and the whole on line 2 \"boat\"; \
                 a part has the unit of its whole",
            ),
            (
                "LOWER_BOUND,2020",
                "LOWER_BOUND,2019",
                "results.csv:3: fiscal_year: is 2019 and of the whole on line 2 2020; \
                 a part has the year of its whole",
            ),
            (
                "PERIOD,2020-06",
                "CUMULATIVE,2020-06",
                "results.csv:3: scope: is CUMULATIVE and of the whole on line 2 PERIOD; \
                 a part has the scope of its whole",
            ),
            (
                "20.5",
                "120.5",
                "results.csv:3: value: 120.5 is more than the whole on line 2, 120; \
                 correct one of them or take part_of out",
            ),
            (
                "120,EXACT",
                "20,UPPER_BOUND",
                "results.csv:3: value: 20.5 is more than the whole on line 2, 20; \
                 correct one of them or take part_of out",
            ),
            // More than a lower bound or a rounded figure a part may be.
            ("120,EXACT", "20,LOWER_BOUND", ""),
            ("120,EXACT", "20,APPROXIMATE", ""),
            (
                "true,,,",
                "true,checks,ferries,",
                "results.csv:2: part_of_key: leads back to the row itself (ab 2020 checks all > \
                 ab 2020 checks ferries > ab 2020 checks all); break the circle",
            ),
        ],
    );
}
