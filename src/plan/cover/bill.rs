//! What layers of cover cost.

use super::overage;
use crate::model::{Account, Bucket, Consultant, CostPhase, Dedicated, Layer, Lens, Service};
use crate::plan::builder::Builder;
use crate::plan::op::{Clock, Col, Op, Seats, Unary};
use crate::plan::part::LineColumn;
use crate::plan::terms::Terms;

/// Adds what a layer costs to an option's terms.
pub(super) struct Bill<'t, 's, 'p> {
    pub(super) own: usize,
    pub(super) layer: &'s Layer,
    /// What prices of its vendor are times those of month 1.
    pub(super) dearer: Col,
    pub(super) terms: &'t mut Terms<'p>,
}

impl Bill<'_, '_, '_> {
    /// A line, as drawn and with incidents at their mean, at prices of month 1.
    fn invoice(&mut self, b: &mut Builder, what: &str, amounts: [Col; 2], mark: usize) {
        let one = b.one();
        let [amount, mean] = amounts.map(|amount| b.mul(amount, self.dearer));
        let engineering = Bucket::Engineering as usize;
        self.terms.invoiced[engineering].push((one, amount));
        self.terms.mean_invoiced[engineering].push((one, mean));
        self.line(b, what, amount, (Lens::Invoices, mark));
    }

    fn line(&mut self, b: &mut Builder, what: &str, amount: Col, (lens, mark): (Lens, usize)) {
        let (zero, one) = (b.zero(), b.one());
        if amount == zero {
            return;
        }
        let asked = mark..b.mark();
        b.figure(&format!("{}.{what}", self.layer.path), self.own, "$", (one, amount), asked);
        self.terms.lines.push(LineColumn {
            platform: None,
            account: Account::Bucket(Bucket::Engineering),
            line: format!("cover.{}.{what}", self.layer.name),
            phase: CostPhase::Running,
            lens,
            amount,
        });
    }

    pub(super) fn seats(
        &mut self,
        b: &mut Builder,
        dedicated: &Dedicated,
        (seats, paid): (Seats, Col),
        pay: &mut [Vec<(Col, Col)>; 2],
    ) {
        let mark = b.mark();
        let each = raised(b, dedicated);
        for (place, (number, lens, what)) in
            [(seats.opened(), Lens::Cash, "pay"), (seats.of_today(), Lens::Tco, "pay_of_today")].into_iter().enumerate()
        {
            let is_any = if place == 0 { dedicated.seats > dedicated.filled } else { dedicated.filled > 0 };
            if is_any {
                let number = b.mul(paid, number);
                let amount = b.mul(number, each);
                pay[place].push((number, each));
                self.line(b, what, amount, (lens, mark));
            }
        }
        let mark = b.mark();
        let recruiting = b.estimate(&dedicated.recruiting);
        let amount = b.mul(seats.recruited(), recruiting);
        self.invoice(b, "recruiting", [amount, amount], mark);
    }

    pub(super) fn service(&mut self, b: &mut Builder, service: &Service, (begins, works): (Col, Col), taken: [Col; 2]) {
        let mark = b.mark();
        let retainer = b.estimate(&service.retainer);
        let retainer = b.mul(works, retainer);
        self.invoice(b, "retainer", [retainer, retainer], mark);
        let mark = b.mark();
        let overages = taken.map(|taken| overage(b, service, works, taken));
        self.invoice(b, "overage", overages, mark);
        let mark = b.mark();
        let fee = b.estimate(&service.setup_fee);
        if fee != b.zero() {
            let (one, floor) = (b.one(), b.unary(Unary::Floor, begins));
            let month = b.add(floor, one);
            let fee = b.emit(Op::InMonth { amount: fee, month, service: works });
            self.invoice(b, "setup_fee", [fee, fee], mark);
        }
    }

    pub(super) fn consultant(&mut self, b: &mut Builder, consultant: &Consultant, works: Col) {
        let mark = b.mark();
        let days = b.estimate(&consultant.days);
        let rate = b.estimate(&consultant.day_rate);
        let paid = b.mul(days, rate);
        let paid = b.mul(works, paid);
        self.invoice(b, "days", [paid, paid], mark);
    }
}

/// Pay of one seat in the month, with the raises of all people.
pub(super) fn raised(b: &mut Builder, dedicated: &Dedicated) -> Col {
    let base = b.estimate(&dedicated.pay);
    let raise = b.scenario.people.raise.clone();
    let raise = b.estimate(&raise);
    let log_rate = b.ln_1p(raise);
    if log_rate == b.zero() { base } else { b.emit(Op::Drift { base, log_rate, clock: Clock::Start }) }
}
