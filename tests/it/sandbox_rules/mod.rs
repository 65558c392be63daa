//! The local Discord by itself: that a real library lives in it, and that its rules are Discord's.

mod serenity_bot;
