/** What Git (or another tool) writes, and what happened to which file: as `verb path[ < oldPath] +added −removed[ what]`. */
export const writtenDiffs: readonly (readonly [name: string, diff: string, files: readonly string[]])[] = [
  [
    'a changed file',
    'diff --git a/README.md b/README.md\nindex 83db48f..bf269f4 100644\n--- a/README.md\n+++ b/README.md\n@@ -1,3 +1,4 @@\n # Boat\n \n-Old words.\n+New words.\n+More words.\n',
    ['Update README.md +2 −1'],
  ],
  [
    'no line end at the end',
    'diff --git a/a.txt b/a.txt\nindex 1234567..89abcde 100644\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-old\n\\ No newline at end of file\n+new\n\\ No newline at end of file\n',
    ['Update a.txt +1 −1'],
  ],
  [
    'a name with blanks',
    'diff --git a/my notes.md b/my notes.md\nindex 1234567..89abcde 100644\n--- a/my notes.md\t\n+++ b/my notes.md\t\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update my notes.md +1 −1'],
  ],
  [
    'a quoted name with octal digits',
    'diff --git "a/na\\303\\257ve.md" "b/na\\303\\257ve.md"\nindex 1234567..89abcde 100644\n--- "a/na\\303\\257ve.md"\n+++ "b/na\\303\\257ve.md"\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update naïve.md +1 −1'],
  ],
  [
    'a quoted name with a quote and a backslash',
    'diff --git "a/say \\"hi\\" \\\\o.md" "b/say \\"hi\\" \\\\o.md"\nindex 1234567..89abcde 100644\n--- "a/say \\"hi\\" \\\\o.md"\n+++ "b/say \\"hi\\" \\\\o.md"\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update say "hi" \\o.md +1 −1'],
  ],
  [
    'an emoji in the name',
    'diff --git "a/\\360\\237\\232\\242.md" "b/\\360\\237\\232\\242.md"\nnew file mode 100644\nindex 0000000..89abcde\n--- /dev/null\n+++ "b/\\360\\237\\232\\242.md"\n@@ -0,0 +1,2 @@\n+# Boat\n+words\n',
    ['Add 🚢.md +2 −0'],
  ],
  [
    'a rename without changes',
    'diff --git a/old/a.md b/new/a.md\nsimilarity index 100%\nrename from old/a.md\nrename to new/a.md\n',
    ['Rename new/a.md < old/a.md +0 −0'],
  ],
  [
    'a rename with changes',
    'diff --git a/a.md b/b.md\nsimilarity index 88%\nrename from a.md\nrename to b.md\nindex 1234567..89abcde 100644\n--- a/a.md\n+++ b/b.md\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n',
    ['Rename b.md < a.md +1 −1'],
  ],
  [
    'a rename of quoted names',
    'diff --git "a/\\303\\240.md" "b/\\303\\250.md"\nsimilarity index 100%\nrename from "\\303\\240.md"\nrename to "\\303\\250.md"\n',
    ['Rename è.md < à.md +0 −0'],
  ],
  [
    'a rename from a quoted to a plain name',
    'diff --git "a/\\303\\240.md" b/a.md\nsimilarity index 100%\nrename from "\\303\\240.md"\nrename to a.md\n',
    ['Rename a.md < à.md +0 −0'],
  ],
  [
    'a copy',
    'diff --git a/a.md b/c.md\nsimilarity index 100%\ncopy from a.md\ncopy to c.md\n',
    ['Copy c.md < a.md +0 −0'],
  ],
  [
    'a copy with changes',
    'diff --git a/a.md b/c.md\nsimilarity index 70%\ncopy from a.md\ncopy to c.md\nindex 1234567..89abcde 100644\n--- a/a.md\n+++ b/c.md\n@@ -1 +1,2 @@\n x\n+y\n',
    ['Copy c.md < a.md +1 −0'],
  ],
  [
    'a removed file',
    'diff --git a/a.md b/a.md\ndeleted file mode 100644\nindex 1234567..0000000\n--- a/a.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n',
    ['Remove a.md +0 −2'],
  ],
  [
    'an empty new file',
    'diff --git a/empty.md b/empty.md\nnew file mode 100644\nindex 0000000..e69de29\n',
    ['Add empty.md +0 −0'],
  ],
  [
    'an empty removed file with a blank in its name',
    'diff --git a/an empty.md b/an empty.md\ndeleted file mode 100644\nindex e69de29..0000000\n',
    ['Remove an empty.md +0 −0'],
  ],
  ['a mode', 'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n', ['Update run.sh +0 −0 mode']],
  [
    'a mode with changes',
    'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\nindex 1234567..89abcde\n--- a/run.sh\n+++ b/run.sh\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update run.sh +1 −1'],
  ],
  [
    'a rename with a mode',
    'diff --git a/a.sh b/b.sh\nold mode 100644\nnew mode 100755\nsimilarity index 100%\nrename from a.sh\nrename to b.sh\n',
    ['Rename b.sh < a.sh +0 −0 mode'],
  ],
  [
    'a binary file',
    'diff --git a/a.png b/a.png\nindex 1234567..89abcde 100644\nBinary files a/a.png and b/a.png differ\n',
    ['Update a.png +0 −0 binary'],
  ],
  [
    'a new binary file',
    'diff --git a/a.png b/a.png\nnew file mode 100644\nindex 0000000..89abcde\nBinary files /dev/null and b/a.png differ\n',
    ['Add a.png +0 −0 binary'],
  ],
  [
    'a binary patch',
    'diff --git a/a.png b/a.png\nindex 1234567..89abcde 100644\nGIT binary patch\nliteral 5\nMcmZQzU|?imU|?ckVgLXC00aO5\n\nliteral 0\nHcmV?d00001\n\n',
    ['Update a.png +0 −0 binary'],
  ],
  [
    'a submodule',
    'diff --git a/lib/x b/lib/x\nindex 1234567..89abcde 160000\n--- a/lib/x\n+++ b/lib/x\n@@ -1 +1 @@\n-Subproject commit 1234567890123456789012345678901234567890\n+Subproject commit 89abcde890123456789012345678901234567890\n',
    ['Update lib/x +1 −1'],
  ],
  [
    'a submodule in the short form',
    'Submodule lib/x 1234567..89abcde:\n  > Mend the keel\n',
    ['Update lib/x +0 −0 submodule'],
  ],
  ['a new submodule', 'Submodule lib/x 0000000...89abcde (new submodule)\n', ['Add lib/x +0 −0 submodule']],
  [
    'a submodule with changes of its own',
    'Submodule lib/x contains modified content\n',
    ['Update lib/x +0 −0 submodule'],
  ],
  [
    'a combined diff',
    'diff --cc a.md\nindex 1234567,89abcde..fedcba9\n--- a/a.md\n+++ b/a.md\n@@@ -1,2 -1,2 +1,3 @@@\n  x\n- y\n -z\n++w\n +v\n',
    ['Update a.md +1 −1'],
  ],
  [
    'no prefixes',
    'diff --git docs/a.md docs/a.md\nindex 1234567..89abcde 100644\n--- docs/a.md\n+++ docs/a.md\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update docs/a.md +1 −1'],
  ],
  [
    'prefixes of the index and the worktree',
    'diff --git i/docs/a.md w/docs/a.md\nindex 1234567..89abcde 100644\n--- i/docs/a.md\n+++ w/docs/a.md\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update docs/a.md +1 −1'],
  ],
  [
    "prefixes of one's own",
    'diff --git old/docs/a.md new/docs/a.md\nindex 1234567..89abcde 100644\n--- old/docs/a.md\n+++ new/docs/a.md\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update docs/a.md +1 −1'],
  ],
  [
    'lines of SQL and of lists',
    'diff --git a/q.sql b/q.sql\nindex 1234567..89abcde 100644\n--- a/q.sql\n+++ b/q.sql\n@@ -1,2 +1,2 @@\n--- old comment\n+-- new comment\n select 1\n',
    ['Update q.sql +1 −1'],
  ],
  [
    'a diff within a diff',
    'diff --git a/fix.patch b/fix.patch\nindex 1234567..89abcde 100644\n--- a/fix.patch\n+++ b/fix.patch\n@@ -1,4 +1,4 @@\n diff --git a/x b/x\n---- a/x\n-+++ b/x\n+--- a/y\n++++ b/y\n @@ -1 +1 @@\n',
    ['Update fix.patch +2 −2'],
  ],
  [
    'several files',
    'diff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/b.md b/b.md\nnew file mode 100644\nindex 0..2\n--- /dev/null\n+++ b/b.md\n@@ -0,0 +1 @@\n+b\n',
    ['Update a.md +1 −1', 'Add b.md +1 −0'],
  ],
  [
    'below the words of git show',
    'commit 1234567890123456789012345678901234567890\nAuthor: Ada <a@b.example>\nDate:   Mon Jan 1 10:00:00 2024 +0000\n\n    Mend the keel\n\ndiff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update a.md +1 −1'],
  ],
  [
    'a patch by mail',
    'From 1234567 Mon Sep 17 00:00:00 2001\nFrom: Ada <a@b.example>\nSubject: [PATCH] Mend the keel\n\n---\n a.md | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+b\n-- \n2.43.0\n',
    ['Update a.md +1 −1'],
  ],
  [
    'line ends of Windows',
    'diff --git a/a.md b/a.md\r\nindex 1..2 100644\r\n--- a/a.md\r\n+++ b/a.md\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n',
    ['Update a.md +1 −1'],
  ],
  [
    'a link in place of a file',
    'diff --git a/a b/a\ndeleted file mode 100644\nindex 1234567..0000000\n--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\ndiff --git a/a b/a\nnew file mode 120000\nindex 0000000..89abcde\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+b\n\\ No newline at end of file\n',
    ['Update a +1 −1'],
  ],
  [
    'a name that ends like a prefix',
    'diff --git a/x b/a/x b/a\nindex 1..2 100644\n--- a/x b/a\n+++ b/x b/a\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update x b/a +1 −1'],
  ],
  [
    'unified, without headers of Git',
    '--- a.md\t2024-01-01 10:00:00\n+++ a.md\t2024-01-02 10:00:00\n@@ -1 +1 @@\n-a\n+b\n',
    ['Update a.md +1 −1'],
  ],
  [
    'several hunks with their places',
    'diff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n-a\n+b\n x\n@@ -10 +10,2 @@ ## Keel\n y\n+z\n',
    ['Update a.md +2 −1'],
  ],
  [
    'blanks at line ends were eaten',
    'diff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n x\n\n-a\n+b\n',
    ['Update a.md +1 −1'],
  ],
];
