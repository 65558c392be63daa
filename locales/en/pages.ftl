# Lists of several pages, and the questions before what can't be undone.
pages-before = ◀ Previous
pages-after = Next ▶
pages-place = { $page } / { $pages }
pages-cancel = Cancel
