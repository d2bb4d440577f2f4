// Package pdftext reads the text of PDF files: which letters stand on which
// page, where, how large, and whether a reader can see them. It knows pages and
// lines, and nothing of headings, lists or documents. It must never guess a
// letter: one that the file does not name is counted as lost. A hostile file
// may make it slow or end its process, so it has to run in a process of its own.
package pdftext
