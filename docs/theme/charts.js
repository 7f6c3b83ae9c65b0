// The charts have a light form and a dark one, and the page's `<picture>`
// chooses by the system. In the book, the reader's own choice of a theme
// comes first.
(() => {
  const dark = ["coal", "navy", "ayu"];
  const root = document.documentElement;
  const follow = () => {
    const isDark = dark.some((theme) => root.classList.contains(theme));
    for (const source of document.querySelectorAll("picture source")) {
      source.media = isDark ? "all" : "not all";
    }
  };
  new MutationObserver(follow).observe(root, { attributeFilter: ["class"] });
  follow();
})();
