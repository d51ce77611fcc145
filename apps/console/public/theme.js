// Runs before the first paint, so that those who chose light see no dark flash. A file of its own
// because the page's policy allows no inline script.
try {
  if (localStorage.getItem("secondlook-theme") === "light") {
    document.documentElement.setAttribute("data-mantine-color-scheme", "light");
  }
} catch {
  // Storage may be closed; dark is the default.
}
