# Les listes en plusieurs pages, et les questions avant ce qui ne se défait pas.
pages-before = ◀ Précédente
pages-after = Suivante ▶
pages-place = { $page } / { $pages }
pages-cancel = Annuler
