//! The one integration binary: stories, contract tests, crash tests.

mod i18n;
