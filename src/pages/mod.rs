//! Page templates and message catalogues: domain views in, HTML out.
