"""The drop box: files that come and go by SFTP, in two flat folders that are no part of any file system."""
