//! What `init` knows of places to run: usual prices, and what a move to one of them commonly brings.

/// A platform as a service that a team may live on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct From {
    /// The word on the command line and in the file.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What one of its units is called.
    pub(super) unit: &'static str,
    /// A usual price of one, dollars a month, from which their number is guessed.
    pub(super) unit_price: f64,
}

/// Where a team may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct To {
    /// The word on the command line and in the file.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What running the same units costs there, parts of today's price: P5 and P95.
    pub(super) runtime: (f64, f64),
    /// What the same databases cost there, parts of today's price: P5 and P95.
    pub(super) data: (f64, f64),
    /// What is paid whatever runs (load balancer, gateways, control plane), dollars a month: P5 and P95.
    pub(super) fixed: (f64, f64),
    /// Hours of upkeep a month: P5 and P95.
    pub(super) hours: (f64, f64),
    /// Engineer-weeks of the move for a team of nine: P5 and P95.
    pub(super) weeks: (f64, f64),
}

const fn from(name: &'static str, title: &'static str, unit: &'static str, unit_price: f64) -> From {
    From { name, title, unit, unit_price }
}

/// What `--from` knows.
pub const FROM: [From; 5] = [
    from("heroku", "Heroku", "dynos", 250.0),
    from("render", "Render", "instances", 85.0),
    from("fly", "Fly.io", "machines", 60.0),
    from("railway", "Railway", "replicas", 60.0),
    from("vercel", "Vercel", "function pools", 150.0),
];

/// What `--to` knows.
pub const TO: [To; 6] = [
    To {
        name: "ecs",
        title: "AWS (ECS Fargate)",
        runtime: (0.25, 0.5),
        data: (0.35, 0.7),
        fixed: (90.0, 260.0),
        hours: (8.0, 40.0),
        weeks: (8.0, 36.0),
    },
    To {
        name: "eks",
        title: "AWS (EKS)",
        runtime: (0.2, 0.45),
        data: (0.35, 0.7),
        fixed: (180.0, 450.0),
        hours: (20.0, 90.0),
        weeks: (12.0, 52.0),
    },
    To {
        name: "gke",
        title: "Google Cloud (GKE)",
        runtime: (0.2, 0.45),
        data: (0.4, 0.75),
        fixed: (120.0, 380.0),
        hours: (16.0, 75.0),
        weeks: (11.0, 46.0),
    },
    To {
        name: "cloud-run",
        title: "Google Cloud Run",
        runtime: (0.25, 0.6),
        data: (0.4, 0.75),
        fixed: (30.0, 150.0),
        hours: (4.0, 24.0),
        weeks: (5.0, 24.0),
    },
    To {
        name: "plain-hosts",
        title: "Plain hosts",
        runtime: (0.08, 0.25),
        data: (0.15, 0.45),
        fixed: (40.0, 180.0),
        hours: (15.0, 70.0),
        weeks: (8.0, 40.0),
    },
    To {
        name: "other",
        title: "The other platform",
        runtime: (0.25, 0.7),
        data: (0.35, 0.85),
        fixed: (50.0, 300.0),
        hours: (8.0, 50.0),
        weeks: (8.0, 44.0),
    },
];
