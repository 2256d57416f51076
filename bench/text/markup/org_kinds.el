;;; What each character of Org files is to Org's own parser, org-element: run by orgKinds.mjs.  -*- lexical-binding: t -*-
;; W words, H title, C code, M formula, T table, K comment, X other markup: one letter for each UTF-16 unit. Objects
;; that are no words are w among words and h in a title.
;; Reads the names of files from standard input, one a line; writes one line for each: its letters.
(require 'org)
(require 'org-element)

(defvar inkling-letters nil)

(defun inkling-paint (begin end letter)
  (while (< begin end)
    (aset inkling-letters (1- begin) letter)
    (setq begin (1+ begin))))

(defun inkling-object (object letter)
  "Paint an OBJECT that stands among words that are LETTER."
  (let ((begin (org-element-property :begin object))
        (end (- (org-element-property :end object) (or (org-element-property :post-blank object) 0)))
        (from (org-element-property :contents-begin object))
        (to (org-element-property :contents-end object)))
    (pcase (org-element-type object)
      ((or 'bold 'italic 'underline 'strike-through 'subscript 'superscript) nil)
      ((or 'line-break 'statistics-cookie) nil)
      (_ (inkling-paint begin end (downcase letter))
         (when (and from to) (inkling-paint from to letter))))))

(defun inkling-objects (data letter)
  (org-element-map data org-element-all-objects (lambda (object) (inkling-object object letter))))

(defun inkling-is-within (element types)
  (let ((parent (org-element-property :parent element)) found)
    (while (and parent (not found))
      (setq found (memq (org-element-type parent) types)
            parent (org-element-property :parent parent)))
    found))

(defun inkling-element (element)
  (let ((begin (or (org-element-property :post-affiliated element) (org-element-property :begin element)))
        (end (org-element-property :end element)))
    (pcase (org-element-type element)
      ('paragraph
       (unless (inkling-is-within element '(drawer))
         (inkling-paint (org-element-property :contents-begin element) (org-element-property :contents-end element) ?W)
         (inkling-objects (org-element-contents element) ?W)))
      ('headline
       (save-excursion
         (goto-char (org-element-property :begin element))
         (when (and (looking-at org-complex-heading-regexp) (match-beginning 4))
           (inkling-paint (match-beginning 4) (match-end 4) ?H)
           (inkling-objects (org-element-property :title element) ?H))))
      ('item
       (let ((tag (org-element-property :tag element)))
         (when tag
           (save-excursion
             (goto-char (org-element-property :begin element))
             (when (re-search-forward "[ \t]::[ \t\n]" (line-end-position 2) t)
               (inkling-paint (org-element-property :begin element) (match-beginning 0) ?W)
               (inkling-objects tag ?W))))))
      ((or 'src-block 'example-block 'export-block 'fixed-width) (inkling-paint begin end ?C))
      ((or 'comment 'comment-block) (inkling-paint begin end ?K))
      ('latex-environment (inkling-paint begin end ?M))
      ('table (inkling-paint begin end ?T)))
    (when (and (org-element-property :caption element)
               (not (eq (org-element-property :begin element) begin)))
      (save-excursion
        (goto-char (org-element-property :begin element))
        (while (re-search-forward "^[ \t]*#\\+caption\\(?:\\[.*\\]\\)?:[ \t]*\\(.*\\)$" begin t)
          (inkling-paint (match-beginning 1) (match-end 1) ?W))))
    (when (and (eq (org-element-type element) 'keyword)
               (member (org-element-property :key element) '("TITLE" "SUBTITLE")))
      (save-excursion
        (goto-char begin)
        (when (looking-at "[ \t]*#\\+[^:]*:[ \t]*\\(.*\\)$")
          (inkling-paint (match-beginning 1) (match-end 1) ?H))))))

(defun inkling-units ()
  "The letters, twice for a character of two UTF-16 units."
  (let (all (at 0))
    (dolist (letter (append inkling-letters nil))
      (setq at (1+ at))
      (push letter all)
      (when (> (char-after at) #xFFFF) (push letter all)))
    (concat (nreverse all))))

(let ((coding-system-for-read 'utf-8-unix) (coding-system-for-write 'utf-8-unix)
      (org-inhibit-startup t) file)
  (while (setq file (ignore-errors (read-from-minibuffer "")))
    (with-temp-buffer
      (insert-file-contents file)
      (let ((org-mode-hook nil) (inhibit-message t)) (org-mode))
      (setq inkling-letters (make-string (buffer-size) ?X))
      (org-element-map (org-element-parse-buffer 'object) org-element-all-elements #'inkling-element)
      (princ (inkling-units))
      (princ "\n"))))
