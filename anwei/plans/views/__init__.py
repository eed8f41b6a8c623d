"""Pages of plans before they are handed down: the list, the import, the review. What duties add stands in their room."""
