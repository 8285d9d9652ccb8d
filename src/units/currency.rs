use std::ops::{Add, Div, Mul, Neg, Sub};

/// A currency, by its three letters. Everything computed is in that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency([u8; 4]);

impl Currency {
    /// The US dollar.
    pub const USD: Self = Self(*b"USD ");

    /// The currency with a code, three capital letters.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            letters @ &[a, b, c] if letters.iter().all(u8::is_ascii_uppercase) => Some(Self([a, b, c, b' '])),
            _ => None,
        }
    }

    /// Its code: "USD".
    #[must_use]
    pub fn code(&self) -> &str {
        self.before().trim_end()
    }

    /// What stands before an amount: "$", "€", "£", else the code with a space.
    #[must_use]
    pub fn sign(&self) -> &str {
        match &self.0 {
            b"USD " => "$",
            b"EUR " => "€",
            b"GBP " => "£",
            _ => self.before(),
        }
    }

    /// Its name in a sentence: "US dollars", "euros", else the code.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.0 {
            b"USD " => "US dollars",
            b"EUR " => "euros",
            b"GBP " => "pounds sterling",
            _ => self.code(),
        }
    }

    /// Its name where the country is plain: "dollars", "euros", else the code.
    #[must_use]
    pub fn word(&self) -> &str {
        match self.name() {
            "US dollars" => "dollars",
            "pounds sterling" => "pounds",
            name => name,
        }
    }

    /// Its code as names of fields end: "usd".
    #[must_use]
    pub fn suffix(&self) -> String {
        self.code().to_ascii_lowercase()
    }

    fn before(&self) -> &str {
        std::str::from_utf8(&self.0).expect("Invariant: a code is capital letters")
    }
}

/// An amount of money in the currency of the report. Sampling error is many orders above rounding error, so a float holds it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Usd(pub f64);

impl Usd {
    /// The amount.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Usd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Usd {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div for Usd {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.0 / other.0
    }
}
