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
