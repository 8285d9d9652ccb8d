//! What the results say of reasons for leaving.

use outgrow::present::page;
use outgrow::present::reasons::{brief, says};
use outgrow::study::reasons::{Answered, Figures, of};
use outgrow::summary::Lens;

use crate::run::{Run, run};

/// A PaaS with a limit, incidents and something that it cannot meet; a cloud without them, at twice the price; and the PaaS
/// without its incidents.
const TEXT: &str = r#"
name = "Reasons"
start = "2027-01"
months = 12
baseline = "stay"
reasons = ["bill", "capacity", "incidents", "waiting", "one person", "soc2", "eu"]

[demand]
growth = "5 % / month"

[people]
loaded_hour = "$100 / hour"
refocus = "0 min"

[business]
revenue = "$100 / hour"
margin = "100 %"

[requirements.soc2]
title = "SOC 2"
begins = "month 6"
[requirements.eu]
title = "Data in Europe"
begins = "month 1"

[platforms.paas]
title = "PaaS"
cannot = { soc2 = { blocked = "$300 / month" } }
[platforms.paas.runtime.web]
price = "$1,000 / month"
[platforms.paas.data.plan]
fits = { load = "demand" }
plans = [{ name = "only", price = "$10 / month", load = 1.3 }]
above = "wall"
[platforms.paas.incidents.outage]
rate = "2 / month"
duration = { p50 = 1, p90 = 4, unit = "hours" }
revenue_hit = "50 %"

[platforms.cloud]
title = "Cloud"
[platforms.cloud.runtime.web]
price = "$2,000 / month"
[platforms.cloud.data.plan]
price = "$10 / month"

[options.stay]
platform = "paas"
[options.calm]
title = "Calm PaaS"
platform = "paas"
change = { "incidents.outage" = "none" }
[options.cloud]
platform = "cloud"
migration = "go"

[migrations.go]
from = "paas"
effort = "2 engineer-weeks"
overrun = "1 times"
people = 1
overlap = "0 months"
"#;

fn answered(run: &Run, option: &str) -> Vec<Answered> {
    let place = run.option(option);
    of(&run.summary).into_iter().filter(|answered| answered.option == place).collect()
}

#[test]
fn each_reason_is_answered_from_the_results() {
    let run = run(TEXT, 512, 3);
    let cloud = answered(&run, "cloud");
    let mends: Vec<Option<bool>> = cloud.iter().map(|answered| answered.mends).collect();
    // Dearer by invoices; the wall is hit in month 7, when all has left; nothing goes wrong there; SOC 2 is met, and Europe
    // is no matter anywhere.
    assert_eq!(mends, [Some(false), Some(true), Some(true), None, None, Some(true), None]);
    let said: Vec<String> = cloud.iter().map(|answered| says(&run.summary, answered, 40)).collect();
    assert_eq!(said[0], "Cloud bills $2,000 in the last month, PaaS $1,000.");
    assert_eq!(said[1], "PaaS outgrows its largest plan in all futures, with Cloud none is outgrown.");
    assert!(said[2].starts_with("in the last year they take ") && said[2].contains("with Cloud"), "{}", said[2]);
    assert_eq!(said[3], "the file says nothing of it.");
    assert_eq!(said[4], "the file does not say how many know production.");
    assert_eq!(said[5], "PaaS cannot meet it, Cloud can: there in all futures by the end.");
    assert_eq!(said[6], "PaaS meets it.");
}

#[test]
fn the_page_has_them_in_a_sentence() {
    let all = run(TEXT, 512, 3);
    let said = brief(&all.summary, &answered(&all, "cloud"), 40).expect("there are reasons");
    let wanted = "Your reasons, with Cloud: better on capacity (a plan outgrown in no future, not all futures), incidents (0.1 hours a \
                  month, not 3.6; $39 lost in 1 year, not $2,800), SOC 2 (there in all futures by the end); worse on the bill ($2,000 in the last month, \
                  not $1,000); nothing to mend: Data in Europe (met today); not in the file: waiting, one person.";
    assert_eq!(said, wanted);
    for (reasons, is_told) in [("[\"bill\"]", true), ("[]", false)] {
        let (before, after) = TEXT.split_once("reasons = ").expect("it has reasons");
        let rest = after.split_once('\n').expect("a line").1;
        let run = run(&format!("{before}reasons = {reasons}\n{rest}"), 64, 3);
        let verdict = outgrow::study::verdict::of(&run.summary, &[], None);
        let page = page::terminal(&page::of(&run.summary, &verdict, &[]));
        assert_eq!(page.contains("Your reasons, with Cloud: worse on the bill ("), is_told, "{page}");
        assert!(page.lines().count() <= page::room::HEIGHT + 3, "{page}");
    }
}

#[test]
fn figures_are_those_of_the_run() {
    let run = run(TEXT, 512, 3);
    let [calm, cloud] = ["calm", "cloud"].map(|option| answered(&run, option));
    let Figures::Incidents { hours, money } = calm[2].figures else { panic!("incidents") };
    assert!(hours[0].value == 0.0 && money[0].value == 0.0 && calm[2].mends == Some(true), "{hours:?} {money:?}");
    // All that the calm PaaS saves under the economic lens is what incidents take: hours at their price, and money beside them.
    let saved = |lens: Lens| {
        let crossover = run.summary.headline(run.option("calm"), lens);
        -crossover.delta.last().expect("12 months").mean.value
    };
    let of_hours = saved(Lens::Tco) - saved(Lens::Invoices);
    let all = of_hours + money[1].value;
    assert!(of_hours > 0.0 && (saved(Lens::Economic) - all).abs() <= 1e-9 * all, "{all} and {hours:?}");
    assert!(hours[1].value > 0.0);
    // 7 months of $300 from month 6 on; on the cloud nothing is blocked then.
    let Figures::Requirement { blocked: [own, base], .. } = cloud[5].figures else { panic!("a requirement") };
    assert_eq!((own.value, base.value), (0.0, 2_100.0));
    assert_eq!(calm[5].mends, Some(false), "the same platform cannot meet it either");
}
