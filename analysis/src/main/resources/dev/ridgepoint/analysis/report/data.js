"use strict";
// What the page shows: rows as objects, colours of the scheme, and the words for numbers.
const data = JSON.parse(document.getElementById("data").textContent);
const rows = data.rows.map((cells, index) => {
  const row = { index };
  data.fields.forEach((field, i) => { row[field] = cells[i]; });
  return row;
});

const CLASSES = [
  { id: "UNDERSTANDING", name: "understanding", tone: "--understanding", symbol: "circle" },
  { id: "GENERATIVE_DECODE", name: "generative decode", tone: "--decode", symbol: "triangle" },
  { id: "GENERATIVE_PARALLEL", name: "generative parallel", tone: "--parallel", symbol: "diamond" },
  { id: "MIXED", name: "mixed", tone: "--mixed", symbol: "rect" },
  { id: "INDETERMINATE", name: "neither", tone: "--none", symbol: "roundRect" },
];
const className = (id) => (CLASSES.find((c) => c.id === id) || CLASSES[4]).name;

const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Names come from files, so nothing reaches HTML unescaped.
const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const digits = (value, count) => {
  if (value === null || value === undefined) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(count - 1);
  return size >= 10 ** (count - 1) ? String(Math.round(value)) : value.toPrecision(count);
};
const percent = (fraction) => (fraction === null ? "–" : `${digits(fraction * 100, fraction >= 0.995 ? 3 : 2)} %`);
const error = (value) => (value === null ? "–" : value === 0 ? "exact" : value.toExponential(1).replace("e+", "e"));
