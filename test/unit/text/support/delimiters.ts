/** What each language's markup is made of. In the rows, `␣` is a blank, `¶` a line end and `→` a tab. */
export const delimiters: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    restructuredtext:
      '` `` :a:` | _ __ * ** [ ]_ [1]_ < > `_ `__ .. :: :a: - = + #. (1) 1. a_ | ..␣a:: ..␣_a: ..␣[1] ' +
      '>>> ¶ ¶¶ ¶␣␣ a http://a a@b.c \' " ::¶ ====¶ ----¶ +--+¶ |␣a¶ :a:␣b¶',
    asciidoc:
      '` `` + ++ +++ << >> [[ ]] (( )) ((( ))) {a} { } a: a:b[ a::b[ ] [ http://a[ http://a * ** _ __ ' +
      '# ## ^ ~ ¶ ¶¶ ----¶ ====¶ |===¶ | ////¶ --¶ +¶ *␣a¶ .␣a¶ a::¶ [a]¶ ' +
      '.a¶ =␣a¶ :a:␣b¶ ifdef::a[]¶ endif::[]¶ \' " a@b.c',
    latex:
      '\\ { } [ ] $ $$ \\( \\) \\[ \\] % & \\begin{a} \\end{a} \\begin{verbatim} \\end{verbatim} ' +
      '\\begin{equation} \\end{equation} \\begin{itemize} \\item \\item[ \\verb \\verb| \\lstinline ' +
      '\\a \\a{ \\a[ \\section{ \\section \\cite{ \\href{ \\url{ \\def\\a \\newcommand{ \\footnote{ ' +
      "\\emph{ \\text{ #1 ¶ ¶¶ ~ -- `` '' a \\begin \\end \\begin{frame} \\begin{frame}{ <1> " +
      '\\mintinline{ \\mintinline{a} \\lstinline[ \\def\\a#1 \\a{\\begin{tabular} \\put(1, \\end{document} \\begin{document} \\caption{',
    typst:
      '` `` ``` $ # #a #a( #a[ #{ #let␣ #if␣ ( ) [ ] { } " // /* */ * _ @a <a> < > \\ \\u{ ; ¶ ¶¶ ' +
      '=␣a¶ -␣a¶ +␣a¶ /␣a:␣b¶ https://a a #show:␣ #set␣ , : .',
    org:
      '* / _ = ~ + [ ] [[ ]] ][ [[a][ [fn: [fn:a] { } {{{ }}} \\( \\) \\[ \\] $ $$ < > << >> ' +
      '<2020-01-01> #+a: #+begin_src¶ #+end_src¶ #+begin_quote¶ #+end_quote¶ #+begin_a¶ ' +
      ':a:¶ :end:¶ | |-¶ *␣a¶ -␣a¶ 1.␣a¶ ¶ ¶¶ #␣a¶ :␣a¶ @@a: @@ src_a{ call_a( a ' +
      'http://a \\begin{a}¶ \\end{a}¶',
    markdown:
      '` `` ``` ~~~ * ** _ __ ~~ [ ] ]( ![ ( ) < > <a <!-- --> <? ?> <![CDATA[ ]]> <div>¶ </div>¶ ' +
      '[^ [^1] [^1]:␣ [[ ]] [a]:␣ [a]:␣< " \' | $ $$ \\( \\[ { } {{ }} {% %} {{< >}} :::¶ :::␣a¶ ' +
      '```{note}¶ %% | a|b¶ --|--¶ # #␣a¶ ---¶ ===¶ >␣ -␣ 1.␣ ¶ ¶¶ ␣␣␣␣ :␣␣␣a¶ ' +
      '!!!␣a¶ --␣--¶ a␣␣b¶ & &amp; == www. http://a a@b.c {#a {.a} @a [@a',
    html:
      '< > </ <a <a␣ <a␣b=" <a␣b=\' <!-- --> <! <? <![CDATA[ ]]> <p> </p> <b> </b> <li> <ul> </ul> ' +
      '<table> <tr> <td> </table> <pre> </pre> <script> </script> <style> <svg> </svg> <code> </code> ' +
      '<textarea> <title> <h1> </h1> <select> <option> <math> <template> <dl> <dt> <dd> <br> <img & ' +
      '&a; {{ }} {% %} " \' = / ¶ ¶¶ a http://a a@b.c <button> <body> <html> <head> <blockquote> ' +
      '<details>',
    plaintext:
      '* - > ( ) [ ] " \' . , ... 1. a. ¶ ¶¶ ␣␣ → http://a a@b.c a@ www. :// : ; ! ? Mr.␣ A.␣ ' +
      '“ ” — 中 。 「 é a 0 0.0 $ / a/b/ C:\\',
  }).map(([languageId, marks]) => [
    languageId,
    marks.split(' ').map((mark) => mark.replaceAll('␣', ' ').replaceAll('¶', '\n').replaceAll('→', '\t')),
  ]),
);
