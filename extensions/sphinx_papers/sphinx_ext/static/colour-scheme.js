// Before anything is painted: the reader's choice of light or dark, where furo's script keeps it.
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  document.body.dataset.theme = "auto"; // storage is off
}
