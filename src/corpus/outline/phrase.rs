//! The fixed phrases of page furniture, as [`key`](super::line::key) sets them: small letters, no
//! marks at the ends.

/// Lines that are furniture wherever they stand, whole. In order, to be searched.
#[rustfmt::skip]
pub(super) const WHOLE: &[&str] = &[
    "about this author", "accessibility links", "ad", "ad feedback", "advert", "advertisement",
    "advertisement - scroll to continue", "advertisement scroll to continue", "advertising",
    "all rights reserved", "allow and continue", "already a member? sign in",
    "already a member? sign in here", "article continues after this advert",
    "article continues below", "back to top", "be the first to comment", "bookmark",
    "breaking news", "business", "click here", "close", "comment", "comments", "comments (0)",
    "comments are closed", "continue reading", "continue reading the main story",
    "cookie settings", "copied", "copy link", "copy this link", "do not sell my info",
    "download app", "email", "embed", "enlarge this image", "enter your email address",
    "facebook", "features", "feedback", "follow", "follow us", "full screen", "gift article",
    "give this article", "hashtags", "have your say", "hide caption", "home", "image", "in brief",
    "inside", "instagram", "is this article useful", "join the conversation",
    "join the discussion", "leave a comment", "letters", "like", "link copied", "linkedin",
    "listen", "listen to article", "listen to this article", "live updates", "load comments",
    "load more", "loading", "log in", "login", "main content", "menu", "messenger", "more",
    "more info", "more on this", "more on this story", "most popular", "most read", "my account",
    "navigation", "news", "newsletter", "newsletters", "next article", "no comments",
    "no comments yet", "open app", "open image in gallery", "open the app", "opinion",
    "our picks", "photo", "pinterest", "play", "play video", "politics", "popular", "premium",
    "previous article", "print", "privacy policy", "promoted stories", "read full article",
    "read full story", "read in app", "read more", "read next", "recommended",
    "recommended for you", "recommended reading", "recommended stories", "recommended videos",
    "reddit", "register", "related", "related articles", "related content",
    "related internet links", "related stories", "related topics", "related video", "save",
    "save article", "save for later", "scroll to continue", "search", "section", "see all",
    "see more", "share", "share article", "share full article", "share on facebook",
    "share on twitter", "share page", "share this", "share this article", "share this story",
    "show caption", "show more", "sign in", "sign up", "sign up here", "skip advertisement",
    "skip to content", "skip to main content", "special report", "sponsored", "sponsored content",
    "sport", "start reading", "story continues", "story continues below", "subscribe",
    "subscribe now", "tap here", "terms of use", "toggle caption", "top stories", "topics",
    "topics in this article", "trending", "trending now", "tweet",
    "twitter", "uk news", "us news", "video", "view comments", "view gallery",
    "view image in fullscreen", "view more", "watch live", "whatsapp", "world", "world news", "x",
    "your support makes all the difference",
];

/// Labels above links to other reports.
#[rustfmt::skip]
pub(super) const RELATED: &[&str] = &[
    "around the web", "before you go", "editor's picks", "from around the web", "keep reading",
    "more", "more for you", "more from", "more like this", "more on this", "more on this story",
    "more stories", "most popular", "most read", "previously", "read more", "read next",
    "recommended", "recommended for you", "recommended stories", "related", "related articles",
    "related content", "related stories", "see also", "top stories", "you may also like",
];

/// How furniture of up to a hundred and sixty scalar values begins.
#[rustfmt::skip]
pub(super) const OPENINGS: &[&str] = &[
    "advertisement -", "all rights reserved", "allow ", "already a member",
    "already a subscriber", "also on ", "also read:", "be the first to ", "by clicking ",
    "by entering your email", "by signing up", "click here to ", "comments are closed",
    "copyright (c)", "copyright ©", "do you have a story", "do you know more",
    "don't have an account", "don't miss", "download our ", "download the ", "enter your email",
    "explore more on these topics", "explore what ", "follow the latest ", "follow us on ",
    "for more stories like this", "for the latest ", "get all the latest ", "get all your news",
    "get in touch", "get our ", "get the app", "get the free ", "get the latest ", "got a story",
    "got a tip", "have a story", "have an account", "have something to add",
    "if you have a story", "join our ", "join the conversation", "join the discussion",
    "like us on ", "listen to more", "log in to ", "more from ", "more on this",
    "more stories from ", "most popular on ", "most read in ", "no comments yet", "not a member",
    "popular on ", "read more about ", "read more:", "read next:", "read the full story",
    "receive our ", "register for ", "related: ", "see what ", "share this ", "sign up for ",
    "sign up to ", "sorry, comments are ", "sorry, we are not accepting ", "stay informed ",
    "stay up to date ", "submit a tip", "subscribe to ", "this article contains ",
    "this page is no longer ", "to continue reading", "top stories on ", "try our ", "unlock ",
];

/// Words that a publisher sells its own services with: the vocabulary of sign-up blurbs.
#[rustfmt::skip]
pub(super) const PITCH: &[&str] = &[
    "accepting comments", "comments are closed", "advert", "app ", "app,", "app.", "breaking news alert", "breaking update", "chat group",
    "click here", "click on th", "click the ", "community", "curated",
    "direct to your phone", "directly to your", "download", "exclusive", "exit group",
    "free trial", "group’s name", "inbox", "join chat", "join in", "join us", "latest news",
    "leave our", "mailing list", "membership", "newsletter", "newsletters",
    "notifications", "on your phone", "our partners", "our sister", "pop-
        ups", "premium", "privacy notice", "privacy page", "privacy policy", "promotions",
    "sign up", "signing up", "sister papers", "sister titles", "special offer", "subscribe",
    "subscriber", "subscription", "tap the", "telegram channel", "terms and conditions",
    "terms of service", "to your phone", "top stories", "unsubscribe", "very own", "whatsapp",
    "your phone",
];
