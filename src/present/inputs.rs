//! `inputs.json`: every text that a result was computed from, so that it can be computed again where those files are not.

use serde_json::{Map, Value, json};

use super::json::compact;

/// The name of the file that holds them.
pub const FILE: &str = "inputs.json";

/// What a result was computed from, by name with their texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// The scenario's file, without its folder.
    pub scenario: (String, String),
    /// Files beside it, as the scenario calls them.
    pub beside: Vec<(String, String)>,
    /// Price files in the order in which they count, as they were named.
    pub price_files: Vec<(String, String)>,
}

impl Inputs {
    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        let files = std::iter::once(&self.scenario).chain(&self.beside);
        let files: Map<String, Value> = files.map(|(name, text)| (name.clone(), json!(text))).collect();
        let price_files = self.price_files.iter().map(|(name, text)| json!({ "name": name, "text": text }));
        compact::text(&json!({
            "scenario": self.scenario.0,
            "files": files,
            "price_files": price_files.collect::<Vec<_>>(),
        }))
    }

    /// Reads such a file; `None` where it is none.
    #[must_use]
    pub fn read(file: &str) -> Option<Self> {
        let all: Value = serde_json::from_str(file).ok()?;
        let scenario = all["scenario"].as_str()?.to_owned();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let files = all["files"].as_object()?;
        let beside = files.iter().filter(|(name, _)| **name != scenario);
        let price = |file: &Value| Some((text(&file["name"])?, text(&file["text"])?));
        Some(Self {
            beside: beside.map(|(name, value)| Some((name.clone(), text(value)?))).collect::<Option<_>>()?,
            price_files: all["price_files"].as_array()?.iter().map(price).collect::<Option<_>>()?,
            scenario: (scenario.clone(), text(files.get(&scenario)?)?),
        })
    }

    /// The text of the scenario or of a file beside it.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&str> {
        let mut all = std::iter::once(&self.scenario).chain(&self.beside);
        all.find(|(own, _)| own == name).map(|(_, text)| text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Inputs;

    #[test]
    fn what_is_written_is_read() {
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let inputs = Inputs {
            scenario: file("x.toml", "name = \"ü\"\r\n\t# {} \u{7f}\n"),
            beside: vec![file("rows.csv", "a,b\n1,2"), file("more/rows.csv", "")],
            price_files: vec![file("/p/one.toml", "1"), file("/p/one.toml", "2")],
        };
        assert_eq!(Inputs::read(&inputs.text()), Some(inputs.clone()));
        assert_eq!((inputs.file("rows.csv"), inputs.file("/p/one.toml")), (Some("a,b\n1,2"), None));
        for wrong in ["", "[]", "{}", "{\"scenario\": \"x\", \"files\": {}, \"price_files\": []}"] {
            assert_eq!(Inputs::read(wrong), None, "{wrong}");
        }
    }
}
