//! Kie AI's wire language, pure: requests out, replies in. No IO, no clock.
